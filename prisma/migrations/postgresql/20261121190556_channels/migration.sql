-- DropIndex
DROP INDEX "Outbox_officeId_personId_id_idx";

-- AlterTable
ALTER TABLE "Address" ADD COLUMN     "closedAt" TEXT,
ADD COLUMN     "closedReason" TEXT,
ADD COLUMN     "preferredAt" TEXT;

-- AlterTable
ALTER TABLE "Inbox" ADD COLUMN     "note" TEXT;

-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "isUnasked" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "link" TEXT;

-- CreateTable
CREATE TABLE "Turn" (
    "officeId" TEXT NOT NULL,
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Turn_pkey" PRIMARY KEY ("officeId")
);

-- CreateTable
CREATE TABLE "WrongCode" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "WrongCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Link" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "fileId" TEXT,
    "expiresAt" TEXT NOT NULL,
    "spentAt" TEXT,

    CONSTRAINT "Link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" TEXT NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Secret" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "Secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pace" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" BIGINT,

    CONSTRAINT "Pace_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "WrongCode_channel_chat_at_idx" ON "WrongCode"("channel", "chat", "at");

-- CreateIndex
CREATE INDEX "Secret_name_id_idx" ON "Secret"("name", "id");

-- CreateIndex
CREATE INDEX "Outbox_state_channel_isUnasked_id_idx" ON "Outbox"("state", "channel", "isUnasked", "id");

-- CreateIndex
CREATE INDEX "Outbox_officeId_personId_at_idx" ON "Outbox"("officeId", "personId", "at");

-- AddForeignKey
ALTER TABLE "Turn" ADD CONSTRAINT "Turn_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Link" ADD CONSTRAINT "Link_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- By hand: offices kept before are counted, too.
INSERT INTO "Turn" ("officeId", "rev") SELECT "id", 0 FROM "Office";

-- By hand: secrets are append-only.
CREATE TRIGGER "Secret_appendOnly" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Secret" FOR EACH STATEMENT EXECUTE FUNCTION "refuseChange"();
