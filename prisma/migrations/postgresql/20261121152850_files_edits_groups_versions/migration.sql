-- AlterTable
ALTER TABLE "Period" ADD COLUMN     "reopenedAt" TEXT;

-- AlterTable
ALTER TABLE "Inbox" ADD COLUMN     "edits" TEXT,
ADD COLUMN     "sender" TEXT;

-- CreateTable
CREATE TABLE "Version" (
    "id" SERIAL NOT NULL,
    "officeId" TEXT NOT NULL,
    "periodKey" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "isApproved" INTEGER NOT NULL,

    CONSTRAINT "Version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Version_officeId_periodKey_n_key" ON "Version"("officeId", "periodKey", "n");

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- By hand: versions are append-only.
CREATE TRIGGER "Version_appendOnly" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Version" FOR EACH STATEMENT EXECUTE FUNCTION "refuseChange"();
