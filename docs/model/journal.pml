/* The journal's protocol, for the model checker Spin, which tries every order in which the parts can take their steps.
 * `make model` runs it. docs/journal.md describes the protocol; its section "The model" says what is proved here.
 *
 * Two deployers bring one database on one server through three scripts. Whoever was cut off is started again until all is
 * done. Each step below is one that the server does whole or not at all; between any two steps anything else may happen:
 *
 *   - A deployer is killed (SIGKILL). What it has sent is run to its end by the server, which sees only then that nobody is
 *     there any more.
 *   - A deployer stands still (SIGSTOP) for as long as it likes, and goes on. This needs no words of its own: no process here
 *     has to take its next step soon.
 *   - The connection that holds the lock breaks, or the one on which scripts run.
 *   - The server dies and is started again: what was not committed is gone, and so are all connections and the lock.
 *   - A definition does not get its locks in time, and is tried again.
 *
 * Switches (-D) leave a part of the protocol out; then Spin has to find what goes wrong without it:
 *
 *   NO_INTENT       the records have no intents
 *   NO_WAIT         the next deployer does not look for connections of earlier ones
 *   NO_FENCE        a record is written without looking at the lock's number
 *
 * On one server whoever waits for the connections of earlier deployers needs no number: nobody is left who could write. It is for
 * where such a connection may be there unseen, as on another node of a cluster. So what the number does is checked with
 * NO_WAIT and ONLY_RECORDS, which leaves every other property aside.
 */

#define DEPLOYERS 2
#define CONNECTIONS 2
#define NOBODY 255
#define NONE 255

/* What can go wrong in one history. */
#ifndef FAULTS
#define FAULTS 3
#endif

/* Statements 0 to 5. Those at 1, 2 and 3 are definitions, which commit by themselves; the others change rows. The scripts are
 * 0 to 2, 3 to 4, and 5. */
#define STATEMENTS 6
#define isDefinition(statement) ((statement) >= 1 && (statement) <= 3)

/* Where a script ends and the next does not begin with a definition, the end is committed at once. The end of the first
 * script, at 3, waits for the packet of the definition behind it. Statement 3 may as well be a script by itself, whose end waits for
 * the rows of the next one: the record behind 4 says both. */
#define endsScript(position) ((position) == 5 || (position) == 6)

#ifdef ONLY_RECORDS
#define hold(property) skip
#else
#define hold(property) assert(property)
#endif

/* ---- What is in the database: it outlives everything. ---- */

/* The statements that have taken effect are those before this one. A statement may take effect only if it is the next: so none
 * does twice, none is left out, and the order is kept. */
byte effects = 0;

/* The definition of the table that all definitions change: how often it was changed. By it an intent is settled, and not by
 * `effects`, which no deployer can see. */
byte definition = 0;

/* The script's record: how many statements are done, and the intent with its fingerprint. The records of the three scripts are
 * one here: the end of one script and the begin of the next are always in one commit, or have nothing between them. */
byte position = 0;
byte intent = NONE;
byte fingerprint = 0;

/* The number in DatabaseTrackLock. */
byte fence = 0;

/* Of a definition without an intent no record can say that it is done. */
#ifdef NO_INTENT
#define isRecordTrue true
#else
#define isRecordTrue (position == effects)
#endif

/* ---- What is in the server's memory. ---- */

/* Who holds GET_LOCK, which is the same as: whose connection for the lock is there. */
byte lock = NOBODY;

/* What a connection's thread in the server does next. A packet is a row of these:
 *   rows          ROWS
 *   definition    RECORD, COMMIT (the statement's own, before it does anything), DEFINE
 *   script's end  RECORD, COMMIT */
mtype = { IDLE, ROWS, RECORD, COMMIT, DEFINE, KILLED };

/* How a packet ended. */
mtype = { NO_ANSWER, OK, NO_LOCK_IN_TIME, FENCED_OUT };

typedef Connection {
    bool isOpen;
    bool isRegistered;       /* Whether DatabaseTrackDeployment names it, as one of a deployment that has not succeeded. */
    byte client = NOBODY;    /* Whose it is; NOBODY once that deployer is gone. */
    mtype next = IDLE;
    bool isAlone;            /* Whether the packet ends with the record: the statement is long, and has a packet of its own. */
    byte statement = NONE;   /* The one in the packet; NONE for the end of a script. */
    byte fence;              /* The deployer's number, as it is in the text of its records. */

    /* The open transaction: the statements whose rows are in it, from the first to before the last, and its record. */
    byte first, last;
    bool hasRecord;          /* With it, a shared lock on the row of DatabaseTrackLock. */
    byte position, fingerprint;
    byte intent = NONE;
};
Connection connections[CONNECTIONS];

/* ---- What a deployer sees of the server. ---- */

mtype answers[DEPLOYERS] = NO_ANSWER;
bool isLost[DEPLOYERS];      /* Whether the connection for scripts is gone. */
bool isKilled[DEPLOYERS];
byte faults = FAULTS;
byte ended = 0;             /* Deployers that have nothing to do any more. */

#define C connections[c]

/* Rolls back, and ends. */
inline close(c) {
    if
    :: C.client != NOBODY -> isLost[C.client] = true
    :: else
    fi;
    C.isOpen = false; C.isRegistered = false; C.client = NOBODY; C.next = IDLE; C.isAlone = false;
    C.statement = NONE; C.fence = 0; C.first = 0; C.last = 0;
    forgetRecord(c)
}

/* The connection breaks: its deployer is told, and the server sees it once the packet is done. */
inline breakOff(c) { isLost[C.client] = true; C.client = NOBODY }

inline forgetRecord(c) { C.hasRecord = false; C.position = 0; C.intent = NONE; C.fingerprint = 0 }

inline answer(c, what) {
    C.next = IDLE; C.isAlone = false; C.statement = NONE;
    if
    :: C.client != NOBODY -> answers[C.client] = what
    :: else
    fi
}

/* The thread of one connection. Each of its steps is whole; it may stop between any two, for as long as it likes. */
proctype Server(byte c) {
end:
    do
    :: d_step { C.next == ROWS ->
        if
        :: C.first == C.last -> C.first = C.statement
        :: else
        fi;
        C.last = C.statement + 1;
        answer(c, OK)
    }
    /* Whoever takes the lock over waits for the row of DatabaseTrackLock until this transaction has ended. */
    :: d_step { C.next == RECORD ->
        if
#ifndef NO_FENCE
        :: C.fence != fence -> forgetRecord(c); answer(c, FENCED_OUT)
#endif
        :: else ->
            C.hasRecord = true;
            if
            :: C.isAlone -> answer(c, OK)
            :: else -> C.next = COMMIT
            fi
        fi
    }
    :: d_step { C.next == COMMIT ->
        if
        :: C.first < C.last ->
            hold(effects == C.first);
            effects = C.last; C.first = 0; C.last = 0
        :: else
        fi;
        if
        :: C.hasRecord ->
            /* Nobody who has lost the lock to another commits a record. */
            assert(C.fence == fence);
            position = C.position; intent = C.intent; fingerprint = C.fingerprint;
            /* A record says what is true. */
            hold(isRecordTrue);
            forgetRecord(c)
        :: else
        fi;
        if
        :: C.statement == NONE -> answer(c, OK)
        :: else -> C.next = DEFINE
        fi
    }
    :: d_step { C.next == DEFINE ->
        hold(effects == C.statement);
        effects++; definition++;
        answer(c, OK)
    }
    :: d_step { C.next == DEFINE && faults > 0 -> faults--; answer(c, NO_LOCK_IN_TIME) }
    /* Nobody is there any more, and the packet is done; or somebody has ended the connection. */
    :: d_step { C.isOpen && (C.next == IDLE && C.client == NOBODY || C.next == KILLED) -> close(c) }
    od
}

/* ---- The deployer ---- */

inline hangUp(me) {
    if
    :: lock == me -> lock = NOBODY
    :: else
    fi;
    for (c : 0 .. CONNECTIONS - 1) {
        if
        :: C.isOpen && C.client == me -> C.client = NOBODY
        :: else
        fi
    }
    c = NONE; answers[me] = NO_ANSWER; isLost[me] = false; isKilled[me] = false
}

/* Waits for the end of a packet. */
inline await() {
    atomic {
        answers[me] != NO_ANSWER || isLost[me];
        got = answers[me]; answers[me] = NO_ANSWER;
        if
        :: isLost[me] || got == FENCED_OUT -> goto stop
        :: else
        fi
    }
}

inline send(what, alone, which) {
    d_step {
        if
        :: !isLost[me] -> C.next = what; C.isAlone = alone; C.statement = which
        :: else
        fi
    }
    await()
}

/* Writes a record into the packet that comes next. */
inline record(which) {
    d_step {
        if
        :: !isLost[me] ->
            C.position = at;
#ifndef NO_INTENT
            C.intent = which;
            C.fingerprint = (which == NONE -> 0 : definition)
#endif
        :: else
        fi
    }
}

/* Whether connections of earlier deployers are there; this one has none yet. */
#define isFree(c) (!(connections[c].isOpen && connections[c].isRegistered))

/* Whether a transaction has a shared lock on the row of DatabaseTrackLock. */
#define isFenceRead (connections[0].hasRecord || connections[1].hasRecord)
#define hasRoom (!connections[0].isOpen || !connections[1].isOpen)

proctype Deployer(byte me) {
    byte c = NONE;
    byte at = 0;             /* The next statement. */
    byte doubt = NONE;       /* The intent and the fingerprint, as they were read. */
    byte before = 0;
    bool hasHappened = false;
    mtype got = NO_ANSWER;
    bool isDone = false;

    do
    :: isDone -> break
    :: else ->
        {
            atomic { lock == NOBODY -> lock = me };

#ifndef NO_WAIT
            /* Waits for what earlier deployers have left running, or ends it. */
            do
            :: atomic { lock != me -> goto stop }
            :: atomic { lock == me && isFree(0) && isFree(1) -> break }
            :: d_step { lock == me && !isFree(0) && connections[0].next != KILLED -> connections[0].next = KILLED }
            :: d_step { lock == me && !isFree(1) && connections[1].next != KILLED -> connections[1].next = KILLED }
            od;
#endif

            /* Reads the journal, and settles the intent. What is done on the lock's connection fails once that is gone, and with
             * it the lock. */
look:
            atomic {
                if
                :: lock == me -> at = position; doubt = intent; before = fingerprint
                :: else -> goto stop
                fi
            }
            if
            :: doubt != NONE ->
                atomic {
                    if
                    :: lock == me -> hasHappened = (definition != before)
                    :: else -> goto stop
                    fi
                }
                atomic {
                    if
                    :: lock == me && intent == doubt ->
                        if
                        :: hasHappened -> position = doubt + 1
                        :: else
                        fi;
                        intent = NONE; fingerprint = 0;
                        hold(isRecordTrue)
                    :: lock == me && intent != doubt
                    :: else -> goto stop
                    fi;
                    doubt = NONE; before = 0; hasHappened = false;
                    goto look
                }
            :: else
            fi;

            if
            :: at == STATEMENTS -> isDone = true
            :: else ->
                /* Connects, and takes the lock's number. */
                atomic {
                    lock != me || !isFenceRead && hasRoom;
                    if
                    :: lock != me -> goto stop
                    :: else ->
                        c = (connections[0].isOpen -> 1 : 0);
                        fence++;
                        C.isOpen = true; C.isRegistered = true; C.client = me; C.fence = fence
                    fi
                }
                do
                :: at < STATEMENTS && !isDefinition(at) ->
                    send(ROWS, false, at);
                    at++;
                    if
                    :: endsScript(at) -> record(NONE); send(RECORD, false, NONE)
                    :: else
                    fi
                :: at < STATEMENTS && isDefinition(at) ->
                    record(at);
                    if
                    :: send(RECORD, false, at)
                    /* A long statement: its record waits in the open transaction. */
                    :: send(RECORD, true, at); send(COMMIT, false, at)
                    fi;
                    if
                    :: got == OK -> at++
                    /* It has committed its intent, and done nothing: once more, with the fingerprint as it is now. */
                    :: else
                    fi;
                    if
                    :: endsScript(at) -> record(NONE); send(RECORD, false, NONE)
                    :: else
                    fi
                :: else -> break
                od;
                /* Records that the deployment has succeeded. */
                atomic {
                    if
                    :: lock == me && !isLost[me] -> C.isRegistered = false
                    :: else
                    fi;
                    isDone = true
                }
            fi;

            /* The end of a run, for whatever reason; its connections end, too. */
stop:
            atomic { hangUp(me); at = 0; doubt = NONE; before = 0; hasHappened = false; got = NO_ANSWER }
        } unless {
            atomic { isKilled[me] -> hangUp(me); at = 0; doubt = NONE; before = 0; hasHappened = false; got = NO_ANSWER; isDone = false }
        }
    od;
    ended++
}

/* ---- What goes wrong ---- */

#define isAtWork(me) (lock == me || connections[0].client == me || connections[1].client == me)

proctype Faults() {
    byte c;
    do
    :: d_step { faults > 0 && isAtWork(0) && !isKilled[0] -> faults--; isKilled[0] = true }
    :: d_step { faults > 0 && isAtWork(1) && !isKilled[1] -> faults--; isKilled[1] = true }
    :: d_step { faults > 0 && lock != NOBODY -> faults--; lock = NOBODY }
    :: d_step { faults > 0 && connections[0].client != NOBODY -> faults--; c = 0; breakOff(c) }
    :: d_step { faults > 0 && connections[1].client != NOBODY -> faults--; c = 1; breakOff(c) }
    /* The server dies, and is started again. */
    :: d_step { faults > 0 && (lock != NOBODY || connections[0].isOpen || connections[1].isOpen) ->
        faults--; lock = NOBODY;
        for (c : 0 .. CONNECTIONS - 1) { close(c) }
        c = 0
    }
    :: ended == DEPLOYERS -> break
    od
}

init {
    byte number;
    atomic {
        for (number : 0 .. CONNECTIONS - 1) { run Server(number) }
        for (number : 0 .. DEPLOYERS - 1) { run Deployer(number) }
        number = 0;
        run Faults()
    }
    ended == DEPLOYERS;
    hold(effects == STATEMENTS && position == STATEMENTS && intent == NONE)
}
