-- CreateTable
CREATE TABLE "Office" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "data" TEXT NOT NULL,
    "savedAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Address" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "boundAt" TEXT NOT NULL,
    CONSTRAINT "Address_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Invite" (
    "codeHash" TEXT NOT NULL PRIMARY KEY,
    "officeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "spentAt" TEXT,
    CONSTRAINT "Invite_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Period" (
    "officeId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "packId" TEXT NOT NULL,
    "openedAt" TEXT NOT NULL,
    "closedAt" TEXT,

    PRIMARY KEY ("officeId", "key"),
    CONSTRAINT "Period_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Answer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "officeId" TEXT NOT NULL,
    "periodKey" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "given" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "reason" TEXT,
    CONSTRAINT "Answer_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "officeId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    CONSTRAINT "Audit_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Talk" (
    "officeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "talk" TEXT NOT NULL,

    PRIMARY KEY ("officeId", "personId"),
    CONSTRAINT "Talk_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "updateId" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "files" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "officeId" TEXT,
    "personId" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "incident" TEXT,
    "failedAt" TEXT
);

-- CreateTable
CREATE TABLE "Outbox" (
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
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TEXT,
    "leaseUntil" TEXT,
    "messageId" TEXT,
    "reason" TEXT,
    "settledAt" TEXT
);

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "officeId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "Deed" (
    "officeId" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    PRIMARY KEY ("officeId", "key"),
    CONSTRAINT "Deed_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Migration" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "checksum" TEXT NOT NULL,
    "appliedAt" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Address_officeId_personId_idx" ON "Address"("officeId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Address_channel_chat_key" ON "Address"("channel", "chat");

-- CreateIndex
CREATE INDEX "Invite_officeId_idx" ON "Invite"("officeId");

-- CreateIndex
CREATE INDEX "Answer_officeId_periodKey_code_id_idx" ON "Answer"("officeId", "periodKey", "code", "id");

-- CreateIndex
CREATE INDEX "Audit_officeId_id_idx" ON "Audit"("officeId", "id");

-- CreateIndex
CREATE INDEX "Inbox_state_channel_chat_id_idx" ON "Inbox"("state", "channel", "chat", "id");

-- CreateIndex
CREATE INDEX "Inbox_officeId_personId_id_idx" ON "Inbox"("officeId", "personId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Inbox_channel_updateId_key" ON "Inbox"("channel", "updateId");

-- CreateIndex
CREATE INDEX "Outbox_state_channel_chat_id_idx" ON "Outbox"("state", "channel", "chat", "id");

-- CreateIndex
CREATE INDEX "Outbox_officeId_personId_id_idx" ON "Outbox"("officeId", "personId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Outbox_officeId_key_key" ON "Outbox"("officeId", "key");

-- By hand: answers and audit are append-only. One trigger a line, the runner splits at line ends.
CREATE TRIGGER "Answer_noUpdate" BEFORE UPDATE ON "Answer" BEGIN SELECT RAISE(ABORT, 'Answer is append-only'); END;
CREATE TRIGGER "Answer_noDelete" BEFORE DELETE ON "Answer" BEGIN SELECT RAISE(ABORT, 'Answer is append-only'); END;
CREATE TRIGGER "Audit_noUpdate" BEFORE UPDATE ON "Audit" BEGIN SELECT RAISE(ABORT, 'Audit is append-only'); END;
CREATE TRIGGER "Audit_noDelete" BEFORE DELETE ON "Audit" BEGIN SELECT RAISE(ABORT, 'Audit is append-only'); END;

-- INSERT OR REPLACE deletes without asking the triggers above.
CREATE TRIGGER "Answer_noReplace" BEFORE INSERT ON "Answer" WHEN EXISTS (SELECT 1 FROM "Answer" WHERE "id" = NEW."id") BEGIN SELECT RAISE(ABORT, 'Answer is append-only'); END;
CREATE TRIGGER "Audit_noReplace" BEFORE INSERT ON "Audit" WHEN EXISTS (SELECT 1 FROM "Audit" WHERE "id" = NEW."id") BEGIN SELECT RAISE(ABORT, 'Audit is append-only'); END;
