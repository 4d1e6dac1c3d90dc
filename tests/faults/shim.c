/* Preloaded into a process under test: counts what it does to the disk below one folder, and at the
   k-th such act kills the process, tears the write, or answers with an error. Also moves the clock.
   Nothing happens before faults_arm is called. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { COUNT, KILL, TEAR, FAIL_ONCE, FAIL_FROM };
static char folder[4096];
static long passed, at;
static int what = COUNT, error, log_fd = -1;
static long clock_shift; /* seconds */

void faults_arm(const char *path, long at_, int what_, int error_, int log_fd_) {
  strncpy(folder, path, sizeof folder - 1);
  at = at_; what = what_; error = error_; log_fd = log_fd_; passed = 0;
}
long faults_passed(void) { return passed; }
void faults_clock(long seconds) { clock_shift = seconds; }

static int inside(const char *path) {
  char full[8192];
  if (!folder[0] || !path) return 0;
  if (path[0] != '/') { if (!realpath(path, full)) return 0; path = full; }
  return strncmp(path, folder, strlen(folder)) == 0;
}
static int inside_fd(int fd, char *path, size_t size) {
  char link[64];
  if (!folder[0]) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, size - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  return inside(path);
}
/* 1: the act must fail with errno set; 2: tear it; 0: go on. */
static int act(const char *kind, const char *path) {
  long number = ++passed;
  if (log_fd >= 0) {
    char line[5000];
    int n = snprintf(line, sizeof line, "%s\t%s\n", kind, path);
    syscall(SYS_write, log_fd, line, n);
  }
  if (what == COUNT || number < at || (what != FAIL_FROM && number > at)) return 0;
  if (what == KILL) { kill(getpid(), SIGKILL); pause(); }
  if (what == TEAR) return 2;
  errno = error;
  return 1;
}
static void torn(void) { kill(getpid(), SIGKILL); pause(); }

ssize_t write(int fd, const void *data, size_t size) {
  char path[4096];
  if (inside_fd(fd, path, sizeof path)) switch (act("write", path)) {
    case 1: return -1;
    case 2: syscall(SYS_write, fd, data, size / 2); torn();
  }
  return syscall(SYS_write, fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) {
  char path[4096];
  if (inside_fd(fd, path, sizeof path)) switch (act("pwrite", path)) {
    case 1: return -1;
    case 2: syscall(SYS_pwrite64, fd, data, size / 2, place); torn();
  }
  return syscall(SYS_pwrite64, fd, data, size, place);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) { return pwrite64(fd, data, size, place); }
ssize_t writev(int fd, const struct iovec *parts, int n) {
  char path[4096];
  if (inside_fd(fd, path, sizeof path)) switch (act("writev", path)) {
    case 1: return -1;
    case 2: torn();
  }
  return syscall(SYS_writev, fd, parts, n);
}
static int opening(const char *path, int flags) {
  if (!(flags & O_CREAT) || !inside(path)) return 0;
  int found = act("create", path);
  if (found == 2) torn();
  return found;
}
#define OPEN(name, real_flags)                                            \
  int name(const char *path, int flags, ...) {                            \
    va_list more; va_start(more, flags);                                  \
    mode_t mode = va_arg(more, mode_t); va_end(more);                     \
    if (opening(path, flags)) return -1;                                  \
    return syscall(SYS_openat, AT_FDCWD, path, flags | real_flags, mode); \
  }
OPEN(open, 0)
OPEN(open64, O_LARGEFILE)
#define OPENAT(name, real_flags)                                          \
  int name(int dir, const char *path, int flags, ...) {                   \
    va_list more; va_start(more, flags);                                  \
    mode_t mode = va_arg(more, mode_t); va_end(more);                     \
    if (opening(path, flags)) return -1;                                  \
    return syscall(SYS_openat, dir, path, flags | real_flags, mode);      \
  }
OPENAT(openat, 0)
OPENAT(openat64, O_LARGEFILE)
#define PATH_ACT(kind, path) \
  if (inside(path)) switch (act(kind, path)) { case 1: return -1; case 2: torn(); }
int rename(const char *from, const char *to) {
  PATH_ACT("rename", to)
  return syscall(SYS_rename, from, to);
}
int renameat(int d1, const char *from, int d2, const char *to) {
  PATH_ACT("rename", to)
  return syscall(SYS_renameat, d1, from, d2, to);
}
int renameat2(int d1, const char *from, int d2, const char *to, unsigned flags) {
  PATH_ACT("exchange", to)
  int done = syscall(SYS_renameat2, d1, from, d2, to, flags);
  if (done < 0) return -1;
  return done;
}
int link(const char *from, const char *to) {
  PATH_ACT("link", to)
  return syscall(SYS_link, from, to);
}
int linkat(int d1, const char *from, int d2, const char *to, int flags) {
  PATH_ACT("link", to)
  return syscall(SYS_linkat, d1, from, d2, to, flags);
}
int mkdir(const char *path, mode_t mode) {
  PATH_ACT("mkdir", path)
  return syscall(SYS_mkdir, path, mode);
}
int unlink(const char *path) {
  PATH_ACT("unlink", path)
  return syscall(SYS_unlink, path);
}
static int fd_act(const char *kind, int fd) {
  char path[4096];
  if (!inside_fd(fd, path, sizeof path)) return 0;
  int found = act(kind, path);
  if (found == 2) torn();
  return found;
}
int unlinkat(int dir, const char *path, int flags) {
  char place[4096];
  if (path[0] == '/' ? inside(path) : inside_fd(dir, place, sizeof place)) {
    int found = act("unlink", path);
    if (found == 2) torn();
    if (found) return -1;
  }
  return syscall(SYS_unlinkat, dir, path, flags);
}
int rmdir(const char *path) {
  PATH_ACT("rmdir", path)
  return syscall(SYS_rmdir, path);
}
int fsync(int fd) { return fd_act("fsync", fd) ? -1 : syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return fd_act("fsync", fd) ? -1 : syscall(SYS_fdatasync, fd); }
int ftruncate64(int fd, off64_t size) { return fd_act("truncate", fd) ? -1 : syscall(SYS_ftruncate, fd, size); }
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int clock_gettime(clockid_t id, struct timespec *now) {
  int done = syscall(SYS_clock_gettime, id, now);
  if (!done && id == CLOCK_REALTIME) now->tv_sec += clock_shift;
  return done;
}
int gettimeofday(struct timeval *now, void *zone) {
  int done = syscall(SYS_gettimeofday, now, zone);
  if (!done) now->tv_sec += clock_shift;
  return done;
}
time_t time(time_t *out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}
__attribute__((constructor)) static void from_environment(void) {
  const char *shift = getenv("FAULTS_CLOCK");
  if (shift) clock_shift = atol(shift);
}
