// What Swift's Glibc module hides: names behind _GNU_SOURCE, and system calls without a wrapper in older glibc.
// Compatible re-declarations are legal C, so this header stays right should Glibc show them one day.
// On Apple systems it only makes sure that libproc and sysctl are visible.
#ifndef CSYSTEM_H
#define CSYSTEM_H

#if defined(__APPLE__)

#include <libproc.h>
#include <mach-o/dyld.h>
#include <sys/sysctl.h>

#elif defined(__linux__)

#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

// posix_spawn_file_actions_addchdir_np(3), glibc 2.29.
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

// posix_spawn_file_actions_addclosefrom_np(3), glibc 2.34.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

// Pseudo-terminals: posix_openpt(3), grantpt(3), unlockpt(3), ptsname(3).
extern int posix_openpt(int flags);
extern int grantpt(int descriptor);
extern int unlockpt(int descriptor);
extern char *ptsname(int descriptor);

// pipe2(2).
extern int pipe2(int descriptors[2], int flags);

// syscall(2) is declared here for its prototype alone: unistd.h shows it only with _DEFAULT_SOURCE.
extern long syscall(long number, ...);

// POSIX_SPAWN_SETSID of spawn.h (glibc 2.26): the child leads a session of its own.
static const short csystem_spawn_setsid = 0x80;

// pidfd_open(2), Linux 5.3: a descriptor that polls readable once the process has ended. It is close-on-exec.
// glibc wraps it only since 2.36. The number is the same on every architecture.
static inline int csystem_pidfd_open(pid_t pid) {
    return (int)syscall(434, pid, 0);
}

// prctl(2) is variadic, which Swift cannot call.
static inline int csystem_set_child_subreaper(int enabled) {
    return prctl(PR_SET_CHILD_SUBREAPER, (unsigned long)enabled, 0UL, 0UL, 0UL);
}

#endif
#endif
