-- AlterTable
ALTER TABLE "Period" ADD COLUMN "reopenedAt" TEXT;

-- AlterTable
ALTER TABLE "Inbox" ADD COLUMN "edits" TEXT;
ALTER TABLE "Inbox" ADD COLUMN "sender" TEXT;

-- CreateTable
CREATE TABLE "Version" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "officeId" TEXT NOT NULL,
    "periodKey" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "isApproved" INTEGER NOT NULL,
    CONSTRAINT "Version_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateIndex
CREATE UNIQUE INDEX "Version_officeId_periodKey_n_key" ON "Version"("officeId", "periodKey", "n");

-- By hand: versions are append-only. One trigger a line, the runner splits at line ends.
CREATE TRIGGER "Version_noUpdate" BEFORE UPDATE ON "Version" BEGIN SELECT RAISE(ABORT, 'Version is append-only'); END;
CREATE TRIGGER "Version_noDelete" BEFORE DELETE ON "Version" BEGIN SELECT RAISE(ABORT, 'Version is append-only'); END;
CREATE TRIGGER "Version_noReplace" BEFORE INSERT ON "Version" WHEN EXISTS (SELECT 1 FROM "Version" WHERE "id" = NEW."id" OR "officeId" = NEW."officeId" AND "periodKey" = NEW."periodKey" AND "n" = NEW."n") BEGIN SELECT RAISE(ABORT, 'Version is append-only'); END;
