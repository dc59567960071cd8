-- When each recurring piece of work last went well, by this clock: whoever finds one late does it, and readiness tells.
CREATE TABLE "worker_ticks" (
    "name" TEXT NOT NULL,
    "every_seconds" INTEGER NOT NULL,
    "ran_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_ticks_pkey" PRIMARY KEY ("name")
);

-- It belongs to no tenant: names of our own and times.
GRANT SELECT ON worker_ticks TO shopspan_app;
GRANT SELECT, INSERT, UPDATE ON worker_ticks TO shopspan_worker;
