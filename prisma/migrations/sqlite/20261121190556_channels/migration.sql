-- AlterTable
ALTER TABLE "Address" ADD COLUMN "closedAt" TEXT;
ALTER TABLE "Address" ADD COLUMN "closedReason" TEXT;
ALTER TABLE "Address" ADD COLUMN "preferredAt" TEXT;

-- AlterTable
ALTER TABLE "Inbox" ADD COLUMN "note" TEXT;

-- CreateTable
CREATE TABLE "Turn" (
    "officeId" TEXT NOT NULL PRIMARY KEY,
    "rev" INTEGER NOT NULL,
    CONSTRAINT "Turn_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "WrongCode" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "at" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Link" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "purpose" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "fileId" TEXT,
    "expiresAt" TEXT NOT NULL,
    "spentAt" TEXT,
    CONSTRAINT "Link_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "until" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Secret" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "at" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Pace" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "points" INTEGER NOT NULL,
    "expire" BIGINT
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Outbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "officeId" TEXT NOT NULL,
    "personId" TEXT,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "choices" TEXT NOT NULL,
    "fileId" TEXT,
    "at" TEXT NOT NULL,
    "isUnasked" INTEGER NOT NULL DEFAULT 0,
    "link" TEXT,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TEXT,
    "leaseUntil" TEXT,
    "messageId" TEXT,
    "reason" TEXT,
    "settledAt" TEXT
);
INSERT INTO "new_Outbox" ("at", "attempt", "channel", "chat", "choices", "fileId", "id", "key", "leaseUntil", "messageId", "notBefore", "officeId", "personId", "reason", "settledAt", "state", "text") SELECT "at", "attempt", "channel", "chat", "choices", "fileId", "id", "key", "leaseUntil", "messageId", "notBefore", "officeId", "personId", "reason", "settledAt", "state", "text" FROM "Outbox";
DROP TABLE "Outbox";
ALTER TABLE "new_Outbox" RENAME TO "Outbox";
CREATE INDEX "Outbox_state_channel_chat_id_idx" ON "Outbox"("state", "channel", "chat", "id");
CREATE INDEX "Outbox_state_channel_isUnasked_id_idx" ON "Outbox"("state", "channel", "isUnasked", "id");
CREATE INDEX "Outbox_officeId_personId_at_idx" ON "Outbox"("officeId", "personId", "at");
CREATE UNIQUE INDEX "Outbox_officeId_key_key" ON "Outbox"("officeId", "key");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "WrongCode_channel_chat_at_idx" ON "WrongCode"("channel", "chat", "at");

-- CreateIndex
CREATE INDEX "Secret_name_id_idx" ON "Secret"("name", "id");

-- By hand: offices kept before are counted, too.
INSERT INTO "Turn" ("officeId", "rev") SELECT "id", 0 FROM "Office";

-- By hand: secrets are append-only. One trigger a line, the runner splits at line ends.
CREATE TRIGGER "Secret_noUpdate" BEFORE UPDATE ON "Secret" BEGIN SELECT RAISE(ABORT, 'Secret is append-only'); END;
CREATE TRIGGER "Secret_noDelete" BEFORE DELETE ON "Secret" BEGIN SELECT RAISE(ABORT, 'Secret is append-only'); END;
CREATE TRIGGER "Secret_noReplace" BEFORE INSERT ON "Secret" WHEN EXISTS (SELECT 1 FROM "Secret" WHERE "id" = NEW."id") BEGIN SELECT RAISE(ABORT, 'Secret is append-only'); END;
