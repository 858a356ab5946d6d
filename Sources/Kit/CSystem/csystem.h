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

#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
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

// pthread_setname_np(3).
extern int pthread_setname_np(pthread_t thread, const char *name);

// accept4(2).
extern int accept4(int listener, struct sockaddr *address, socklen_t *length, int flags);

// epoll(7) through wrappers: its struct is packed on some processors, which Swift cannot be sure to lay out alike.
struct csystem_readiness {
    uint64_t token;
    uint32_t events;
};

static inline int csystem_epoll_create(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

static inline int csystem_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = token;
    return epoll_ctl(epoll, operation, descriptor, &event);
}

// At most 256 at a time.
static inline int csystem_epoll_wait(int epoll, struct csystem_readiness *ready, int limit, int milliseconds) {
    struct epoll_event events[256];
    int count = epoll_wait(epoll, events, limit < 256 ? limit : 256, milliseconds);
    for (int index = 0; index < count; index++) {
        ready[index].token = events[index].data.u64;
        ready[index].events = events[index].events;
    }
    return count;
}

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
