extension StoreMigrations {
    /// Everything of the first release. The lists of words are literal on purpose: what was released stays,
    /// whatever becomes of the Swift enumerations; a test holds the two together.
    static let v001_firstSchema = v001_tasks + v001_runs + v001_pulls + v001_coordination + v001_listening

    private static let v001_tasks = """
        -- “orch” in ASCII, so that file(1) and doctor can tell whose database this is.
        PRAGMA application_id = 0x6F726368;

        CREATE TABLE tasks (
            project TEXT NOT NULL CHECK (project <> ''),
            backend TEXT NOT NULL CHECK (backend IN ('github', 'internal')),
            id TEXT NOT NULL CHECK (id <> ''),
            number INTEGER NOT NULL, -- the digits of id: tasks are taken in this order
            title TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN
                ('new', 'routed', 'in_progress', 'done', 'blocked', 'in_review', 'needs_review')),
            labels TEXT NOT NULL,
            author TEXT NOT NULL,
            is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
            url TEXT NOT NULL,
            updated_at INTEGER NOT NULL,
            labelled_status TEXT CHECK (labelled_status IN
                ('new', 'routed', 'in_progress', 'done', 'blocked', 'in_review', 'needs_review')),
            is_trusted INTEGER CHECK (is_trusted IN (0, 1)),
            agent TEXT,
            agent_is_pinned INTEGER NOT NULL CHECK (agent_is_pinned IN (0, 1)),
            model TEXT,
            complexity TEXT CHECK (complexity IN ('simple', 'medium', 'complex')),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            parked_until INTEGER,
            failover_chain TEXT NOT NULL,
            last_error TEXT,
            same_error_count INTEGER NOT NULL CHECK (same_error_count >= 0),
            parent_project TEXT,
            parent_backend TEXT CHECK (parent_backend IN ('github', 'internal')),
            parent_id TEXT,
            subtasks_total INTEGER,
            subtasks_closed INTEGER,
            branch TEXT,
            worktree TEXT,
            summary TEXT,
            pull_request TEXT,
            is_held INTEGER NOT NULL CHECK (is_held IN (0, 1)),
            profile TEXT, -- a JSON object; NULL until it is routed
            draft_key TEXT CHECK (draft_key <> ''),
            PRIMARY KEY (project, backend, id),
            CHECK ((parent_id IS NULL) = (parent_backend IS NULL)
                AND (parent_id IS NULL) = (parent_project IS NULL)),
            CHECK ((subtasks_total IS NULL) = (subtasks_closed IS NULL))
        ) STRICT;

        -- What a tick reads, in the order in which it reads it; finished tasks are not in it.
        CREATE INDEX tasks_open ON tasks (project, backend, number, id)
            WHERE is_closed = 0 AND status <> 'done';
        CREATE INDEX tasks_changed ON tasks (project, updated_at);
        CREATE INDEX tasks_changed_of_status ON tasks (project, status, updated_at);
        CREATE INDEX tasks_of_parent ON tasks (parent_project, parent_backend, parent_id)
            WHERE parent_id IS NOT NULL;
        CREATE INDEX tasks_of_branch ON tasks (project, branch) WHERE branch IS NOT NULL;
        -- Finished tasks whose worktree is still there: what a sync tidies.
        CREATE INDEX tasks_to_tidy ON tasks (project, updated_at)
            WHERE worktree IS NOT NULL AND (is_closed = 1 OR status = 'done');
        CREATE UNIQUE INDEX tasks_draft_key ON tasks (project, draft_key) WHERE draft_key IS NOT NULL;

        -- Apart from the tasks, so that reading ten thousand of those does not drag their texts along.
        -- Deferred, because a body is written before its task: whether it may be replaced depends on the
        -- task as it was.
        CREATE TABLE task_bodies (
            project TEXT NOT NULL,
            backend TEXT NOT NULL,
            id TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (project, backend, id),
            FOREIGN KEY (project, backend, id) REFERENCES tasks DEFERRABLE INITIALLY DEFERRED
        ) STRICT;

        -- The highest number that a project's internal tasks ever had.
        CREATE TABLE internal_ids (
            project TEXT PRIMARY KEY,
            last INTEGER NOT NULL CHECK (last >= 0)
        ) STRICT;

        CREATE TABLE comments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project TEXT NOT NULL,
            backend TEXT NOT NULL,
            task_id TEXT NOT NULL,
            comment_key TEXT CHECK (comment_key <> ''),
            author TEXT NOT NULL,
            body TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            FOREIGN KEY (project, backend, task_id) REFERENCES tasks
        ) STRICT;
        CREATE INDEX comments_of_task ON comments (project, backend, task_id, id);
        CREATE UNIQUE INDEX comments_key ON comments (project, backend, task_id, comment_key)
            WHERE comment_key IS NOT NULL;

        """

    private static let v001_runs = """
        -- The id is the fencing token: AUTOINCREMENT never gives one twice. The attempt's folder is root/id.
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project TEXT NOT NULL,
            backend TEXT NOT NULL,
            task_id TEXT NOT NULL, -- of a job: its name; of a pull request: its number
            -- NULL refers to no task.
            task_backend TEXT AS (CASE WHEN backend NOT IN ('job', 'pull') THEN backend END),
            kind TEXT NOT NULL CHECK (kind IN ('work', 'route', 'review', 'job', 'chat')),
            attempt INTEGER NOT NULL CHECK (attempt >= 1),
            agent TEXT NOT NULL,
            model TEXT,
            state TEXT NOT NULL CHECK (state IN ('starting', 'running', 'publishing', 'ended', 'collected')),
            root TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            host_boot TEXT,
            host_pid INTEGER,
            host_start INTEGER,
            session TEXT,
            branch TEXT,
            worktree TEXT,
            takeovers INTEGER NOT NULL DEFAULT 0 CHECK (takeovers >= 0),
            stop_requested_by TEXT, -- NULL: nobody asked
            input_tokens INTEGER NOT NULL DEFAULT 0,
            output_tokens INTEGER NOT NULL DEFAULT 0,
            cost_micro_dollars INTEGER, -- NULL: unknown, which is not free
            ended_at INTEGER,
            outcome_status TEXT CHECK (outcome_status IN
                ('new', 'routed', 'in_progress', 'done', 'blocked', 'in_review', 'needs_review')),
            failure TEXT, -- NULL: the agent answered
            failure_detail TEXT,
            message TEXT,
            summary TEXT,
            pull_request TEXT,
            FOREIGN KEY (project, task_backend, task_id) REFERENCES tasks,
            CHECK ((kind = 'job') = (backend = 'job')),
            CHECK ((kind = 'review') = (backend = 'pull')),
            CHECK ((host_boot IS NULL) = (host_pid IS NULL)
                AND (host_boot IS NULL) = (host_start IS NULL)),
            CHECK ((state IN ('ended', 'collected')) = (ended_at IS NOT NULL)),
            CHECK ((ended_at IS NULL) = (outcome_status IS NULL)),
            CHECK ((ended_at IS NULL) = (message IS NULL)),
            CHECK ((ended_at IS NULL) = (summary IS NULL))
        ) STRICT;

        -- At most one live run a task or job, whoever starts it.
        CREATE UNIQUE INDEX runs_live ON runs (project, backend, task_id)
            WHERE state IN ('starting', 'running', 'publishing');
        -- What a tick reads; finished history is not in it.
        CREATE INDEX runs_open ON runs (id) WHERE state <> 'collected';
        CREATE INDEX runs_of_task ON runs (project, backend, task_id, id);

        CREATE TABLE steps (
            run INTEGER NOT NULL REFERENCES runs,
            step TEXT NOT NULL,
            begun_at INTEGER NOT NULL,
            done_at INTEGER,
            result TEXT,
            PRIMARY KEY (run, step),
            CHECK ((done_at IS NULL) = (result IS NULL))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE words (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL REFERENCES runs,
            author TEXT NOT NULL,
            words TEXT NOT NULL,
            said_at INTEGER NOT NULL,
            delivered_at INTEGER,
            request TEXT CHECK (request <> '') -- the same words asked for once more are not said once more
        ) STRICT;
        CREATE UNIQUE INDEX words_request ON words (request) WHERE request IS NOT NULL;
        CREATE INDEX words_pending ON words (run, id) WHERE delivered_at IS NULL;

        """

    private static let v001_pulls = """
        -- An open pull request as far as orch has dealt with it.
        CREATE TABLE pulls (
            project TEXT NOT NULL CHECK (project <> ''),
            number INTEGER NOT NULL CHECK (number > 0),
            commit_id TEXT NOT NULL CHECK (commit_id <> ''),
            commit_since INTEGER, -- NULL: it was there when the pull request was first seen
            read_until INTEGER, -- NULL: nothing that was said on it was looked at
            PRIMARY KEY (project, number)
        ) STRICT, WITHOUT ROWID;

        -- A round: one commit is reviewed once, by as many runs as it takes to get a decision.
        CREATE TABLE reviews (
            project TEXT NOT NULL CHECK (project <> ''),
            pull INTEGER NOT NULL CHECK (pull > 0),
            commit_id TEXT NOT NULL CHECK (commit_id <> ''),
            state TEXT NOT NULL CHECK (state IN ('running', 'answered', 'published', 'held', 'failed')),
            run INTEGER NOT NULL REFERENCES runs,
            agent TEXT NOT NULL,
            tries INTEGER NOT NULL CHECK (tries >= 0),
            decision TEXT CHECK (decision IN ('approve', 'request_changes', 'reject')),
            notes TEXT NOT NULL,
            changed_at INTEGER NOT NULL,
            PRIMARY KEY (project, pull, commit_id),
            CHECK ((decision IS NULL) = (state IN ('running', 'failed')))
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX reviews_run ON reviews (run);

        -- A task's card on its project's board.
        CREATE TABLE cards (
            project TEXT NOT NULL,
            backend TEXT NOT NULL,
            task_id TEXT NOT NULL,
            board TEXT NOT NULL CHECK (board <> ''),
            item TEXT NOT NULL CHECK (item <> ''),
            shown TEXT NOT NULL CHECK (shown IN ('backlog', 'in_progress', 'review', 'done')),
            PRIMARY KEY (project, backend, task_id),
            FOREIGN KEY (project, backend, task_id) REFERENCES tasks
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project TEXT NOT NULL,
            backend TEXT NOT NULL,
            task_id TEXT NOT NULL,
            pull INTEGER NOT NULL,
            source TEXT NOT NULL CHECK (source IN ('checks', 'review', 'person')),
            feedback_key TEXT NOT NULL CHECK (feedback_key <> ''),
            author TEXT NOT NULL,
            body TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            after_run INTEGER NOT NULL, -- the task's newest run when it came
            FOREIGN KEY (project, backend, task_id) REFERENCES tasks
        ) STRICT;
        CREATE UNIQUE INDEX feedback_key ON feedback (project, backend, task_id, source, feedback_key);

        """

    private static let v001_coordination = """
        -- A released lease keeps its row, without an owner: taking and releasing changes one row in place.
        CREATE TABLE leases (
            name TEXT PRIMARY KEY,
            owner_boot TEXT,
            owner_pid INTEGER,
            owner_start INTEGER,
            until INTEGER NOT NULL,
            CHECK ((owner_boot IS NULL) = (owner_pid IS NULL)
                AND (owner_boot IS NULL) = (owner_start IS NULL))
        ) STRICT;

        CREATE TABLE cursors (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT;

        -- Run ids begin anew in a new file; with this, what carries one outside (a folder, a marker in a comment) does
        -- not mean two runs.
        INSERT INTO cursors VALUES ('instance', lower(hex(randomblob(4))));

        -- What starts nothing new until it is told to go on; '' stands for everything.
        CREATE TABLE pauses (
            project TEXT PRIMARY KEY,
            since INTEGER NOT NULL,
            actor TEXT NOT NULL CHECK (actor <> '')
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE breakers (
            agent TEXT PRIMARY KEY,
            until INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;

        CREATE TABLE quota (
            resource TEXT PRIMARY KEY,
            remaining INTEGER,
            resets_at INTEGER,
            back_off_until INTEGER,
            last_delay_ms INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;

        CREATE TABLE cache (
            url TEXT PRIMARY KEY,
            stored_at INTEGER NOT NULL,
            size INTEGER NOT NULL, -- bytes of the body
            etag TEXT NOT NULL,
            next TEXT,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX cache_age ON cache (stored_at, url, size);

        -- Refers to nothing, so that it may speak of what is gone or never was.
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            project TEXT,
            backend TEXT,
            task_id TEXT,
            run INTEGER,
            act TEXT NOT NULL CHECK (act <> ''),
            detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_of_task ON audit (project, backend, task_id, id) WHERE task_id IS NOT NULL;
        CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit is only ever appended to'); END;
        CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit is only ever appended to'); END;
        -- REPLACE deletes without asking the trigger above.
        CREATE TRIGGER audit_never_replaces BEFORE INSERT ON audit
            WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'the audit is only ever appended to'); END;

        -- A job fires at most once for each moment it is due. One without task and run is not finished yet. Tasks and
        -- runs are not referred to, so that they may be swept one day and the fire still stands.
        CREATE TABLE fires (
            project TEXT NOT NULL CHECK (project <> ''),
            job TEXT NOT NULL CHECK (job <> ''),
            due INTEGER NOT NULL,
            fired_at INTEGER NOT NULL,
            task_backend TEXT CHECK (task_backend IN ('github', 'internal')),
            task_id TEXT,
            run INTEGER,
            PRIMARY KEY (project, job, due),
            CHECK ((task_id IS NULL) = (task_backend IS NULL)),
            CHECK (task_id IS NULL OR run IS NULL)
        ) STRICT, WITHOUT ROWID;

        -- What was made of people's comments: each is acted on once, however often it is read.
        CREATE TABLE heard (
            project TEXT NOT NULL CHECK (project <> ''),
            comment TEXT NOT NULL CHECK (comment <> ''), -- the tracker's id
            thread TEXT NOT NULL,
            author TEXT NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('mention', 'command', 'feedback')),
            said_at INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('begun', 'done', 'acknowledged', 'settled', 'refused')),
            task_backend TEXT CHECK (task_backend IN ('github', 'internal')),
            task_id TEXT,
            note TEXT NOT NULL,
            PRIMARY KEY (project, comment),
            CHECK ((task_id IS NULL) = (task_backend IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX heard_lately ON heard (project, said_at);
        CREATE INDEX heard_open ON heard (project, said_at)
            WHERE act = 'mention' AND state = 'acknowledged';

        CREATE TABLE threads (
            service TEXT NOT NULL,
            thread TEXT NOT NULL,
            project TEXT NOT NULL,
            backend TEXT NOT NULL,
            task_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (service, thread),
            FOREIGN KEY (project, backend, task_id) REFERENCES tasks
        ) STRICT;
        CREATE INDEX threads_of_task ON threads (project, backend, task_id);

        -- Who looks on at a task from a chat, until it is over.
        CREATE TABLE watches (
            service TEXT NOT NULL CHECK (service IN ('telegram', 'discord')),
            place TEXT NOT NULL CHECK (place <> ''),
            project TEXT NOT NULL,
            backend TEXT NOT NULL,
            task_id TEXT NOT NULL,
            person TEXT NOT NULL CHECK (person <> ''), -- who asked for it
            run INTEGER, -- the newest that was shown; NULL: none
            offset INTEGER NOT NULL CHECK (offset >= 0), -- how far, in bytes of its log
            is_over INTEGER NOT NULL CHECK (is_over IN (0, 1)), -- and its end, too
            PRIMARY KEY (service, place, project, backend, task_id),
            FOREIGN KEY (project, backend, task_id) REFERENCES tasks,
            CHECK (run IS NOT NULL OR offset = 0 AND is_over = 0)
        ) STRICT, WITHOUT ROWID;
        """
}
