#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>

// What Swift cannot import of sqlite3.h: the cast in SQLITE_TRANSIENT, and variadic functions.

// Binds a copy of `count` bytes of UTF-8. A null `text` of no bytes is the empty string; given as it is,
// SQLite would store NULL.
static inline int csqlite_bind_text(
    sqlite3_stmt *statement, int index, const void *text, sqlite3_uint64 count
) {
    return sqlite3_bind_text64(
        statement, index, count ? (const char *)text : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Binds a copy of `count` bytes. A null `bytes` of no bytes is the empty blob, not NULL.
static inline int csqlite_bind_blob(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count
) {
    return sqlite3_bind_blob64(statement, index, count ? bytes : "", count, SQLITE_TRANSIENT);
}

// Sets one of the on-or-off options of https://sqlite.org/c3ref/c_dbconfig_defensive.html
static inline int csqlite_configure(sqlite3 *connection, int option, int on) {
    return sqlite3_db_config(connection, option, on, (int *)0);
}

#endif
