extension StoreMigrations {
    /// What comes in from outside, and what people are to hear of.
    static let v001_listening = """

        -- What came in from outside, written down before its sender is answered.
        CREATE TABLE inbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL CHECK (source IN ('github', 'telegram', 'discord')),
            delivery TEXT NOT NULL CHECK (delivery <> ''), -- the source's own id
            event TEXT NOT NULL,
            place TEXT NOT NULL, -- a repository in small letters, a chat; '' where it is about nothing
            payload TEXT NOT NULL,
            received_at INTEGER NOT NULL,
            handled_at INTEGER, -- NULL: nobody has dealt with it
            UNIQUE (source, delivery)
        ) STRICT;
        CREATE INDEX inbox_of_place ON inbox (source, place, event, id);
        CREATE INDEX inbox_waiting ON inbox (source, id) WHERE handled_at IS NULL;

        -- The sign of life of what runs all the time.
        CREATE TABLE heartbeats (
            name TEXT PRIMARY KEY CHECK (name IN ('listener')),
            owner_boot TEXT NOT NULL,
            owner_pid INTEGER NOT NULL,
            owner_start INTEGER NOT NULL,
            unbroken_since INTEGER NOT NULL,
            at INTEGER NOT NULL,
            hears_github INTEGER NOT NULL CHECK (hears_github IN (0, 1))
        ) STRICT;

        -- What people are to hear of. Refers to nothing, as the audit does.
        CREATE TABLE notices (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            level TEXT NOT NULL CHECK (level IN ('info', 'attention', 'alarm')),
            kind TEXT NOT NULL CHECK (kind IN ('run_started', 'pr_opened', 'pr_merged', 'review', 'in_review',
                'task_done', 'needs_review', 'blocked', 'agent_idle', 'agent_limit', 'agent_broken', 'job_failed',
                'deliveries')),
            notice_key TEXT NOT NULL UNIQUE CHECK (notice_key <> ''),
            text TEXT NOT NULL,
            project TEXT,
            backend TEXT,
            task_id TEXT,
            run INTEGER,
            url TEXT NOT NULL,
            CHECK ((task_id IS NULL) = (backend IS NULL))
        ) STRICT;
        CREATE INDEX notices_of_project ON notices (project, at);

        -- How far each sink has come.
        CREATE TABLE tellings (
            sink TEXT NOT NULL CHECK (sink <> ''),
            notice INTEGER NOT NULL REFERENCES notices ON DELETE CASCADE,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'told', 'dropped')),
            due_at INTEGER NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0,
            note TEXT NOT NULL DEFAULT '',
            ended_at INTEGER,
            PRIMARY KEY (sink, notice),
            CHECK ((state = 'waiting') = (ended_at IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tellings_waiting ON tellings (sink, notice) WHERE state = 'waiting';
        CREATE INDEX tellings_of_notice ON tellings (notice);
        """
}
