-- CreateTable
CREATE TABLE "Office" (
    "id" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "savedAt" TEXT NOT NULL,

    CONSTRAINT "Office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Address" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "boundAt" TEXT NOT NULL,

    CONSTRAINT "Address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invite" (
    "codeHash" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "spentAt" TEXT,

    CONSTRAINT "Invite_pkey" PRIMARY KEY ("codeHash")
);

-- CreateTable
CREATE TABLE "Period" (
    "officeId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "packId" TEXT NOT NULL,
    "openedAt" TEXT NOT NULL,
    "closedAt" TEXT,

    CONSTRAINT "Period_pkey" PRIMARY KEY ("officeId","key")
);

-- CreateTable
CREATE TABLE "Answer" (
    "id" SERIAL NOT NULL,
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

    CONSTRAINT "Answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" SERIAL NOT NULL,
    "officeId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Talk" (
    "officeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "talk" TEXT NOT NULL,

    CONSTRAINT "Talk_pkey" PRIMARY KEY ("officeId","personId")
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" SERIAL NOT NULL,
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
    "failedAt" TEXT,

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" SERIAL NOT NULL,
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
    "settledAt" TEXT,

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "File_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Deed" (
    "officeId" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "Deed_pkey" PRIMARY KEY ("officeId","key")
);

-- CreateTable
CREATE TABLE "Migration" (
    "name" TEXT NOT NULL,
    "checksum" TEXT NOT NULL,
    "appliedAt" TEXT NOT NULL,

    CONSTRAINT "Migration_pkey" PRIMARY KEY ("name")
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

-- AddForeignKey
ALTER TABLE "Address" ADD CONSTRAINT "Address_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Invite" ADD CONSTRAINT "Invite_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Period" ADD CONSTRAINT "Period_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Audit" ADD CONSTRAINT "Audit_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Talk" ADD CONSTRAINT "Talk_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Deed" ADD CONSTRAINT "Deed_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- By hand: answers and audit are append-only. One statement a line, the runner splits at line ends.
CREATE FUNCTION "refuseChange"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER "Answer_appendOnly" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Answer" FOR EACH STATEMENT EXECUTE FUNCTION "refuseChange"();
CREATE TRIGGER "Audit_appendOnly" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Audit" FOR EACH STATEMENT EXECUTE FUNCTION "refuseChange"();
