/*
 * A shim for LD_PRELOAD that stands between a process and its disk. For files under one folder it writes down every call
 * that changes them, in the order in which they were done, and makes the n-th of a kind fail where it is told to.
 *
 *   FAULTS_FOLDER  absolute path; what lies elsewhere is left alone
 *   FAULTS_TRACE   file that the calls are written to; without it nothing is recorded
 *
 * Opening a path under /faults-control never succeeds and gives orders instead:
 *   /faults-control/arm/KIND/N/ERRNO/once   the N-th call of KIND from now on fails with ERRNO (KIND: sync, write, name)
 *   /faults-control/arm/KIND/N/ERRNO/on     that one and all after it
 *   /faults-control/disarm                  nothing fails any more
 *   /faults-control/count/FILE              writes how many calls of each kind there were since arming to FILE
 *   /faults-control/trace/FILE              goes on recording in FILE
 *
 * A record is six little-endian 64-bit words (operation, descriptor, offset, bytes that follow, result, flag) and those
 * bytes: what was written, or a path; for a rename both paths with a zero between. What a process writes through a shared
 * mapping is not seen: SQLite does that with `-shm` alone, which it makes anew after a power cut.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, CLOSE, WRITE, TRUNCATE, SYNC, UNLINK, RENAME, MKDIR, RMDIR };
enum { KIND_SYNC, KIND_WRITE, KIND_NAME, KINDS };
enum { DESCRIPTORS = 65536 };

static const char *const kind_names[KINDS] = {"sync", "write", "name"};
static const char control[] = "/faults-control/";
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char folder[4096];
static size_t folder_length;
static int trace = -1;
static unsigned char watched[DESCRIPTORS];
static int64_t counts[KINDS];
static int armed_kind = -1, armed_errno, armed_for_good;
static int64_t armed_at;

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_unlinkat)(int, const char *, int);
static int (*real_remove)(const char *);
static int (*real_rename)(const char *, const char *);
static int (*real_mkdir)(const char *, mode_t);
static int (*real_rmdir)(const char *);

static void find(void *slot, const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  memcpy(slot, &found, sizeof found);
}

static void start(void) {
  find(&real_open, "open64");
  find(&real_openat, "openat64");
  find(&real_close, "close");
  find(&real_write, "write");
  find(&real_writev, "writev");
  find(&real_pwrite, "pwrite64");
  find(&real_ftruncate, "ftruncate64");
  find(&real_fsync, "fsync");
  find(&real_fdatasync, "fdatasync");
  find(&real_unlink, "unlink");
  find(&real_unlinkat, "unlinkat");
  find(&real_remove, "remove");
  find(&real_rename, "rename");
  find(&real_mkdir, "mkdir");
  find(&real_rmdir, "rmdir");
  const char *path = getenv("FAULTS_FOLDER");
  if (path != NULL) snprintf(folder, sizeof folder, "%s", path);
  folder_length = strlen(folder);
  path = getenv("FAULTS_TRACE");
  if (path != NULL) trace = real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static void enter(void) {
  pthread_once(&once, start);
  pthread_mutex_lock(&lock);
}

static void leave(void) {
  int kept = errno;
  pthread_mutex_unlock(&lock);
  errno = kept;
}

static int is_ours(const char *path) {
  return folder_length > 0 && strncmp(path, folder, folder_length) == 0 && path[folder_length] == '/';
}

/* The folder itself counts too: it is opened to be synced. */
static int is_ours_or_folder(const char *path) {
  return is_ours(path) || (folder_length > 0 && strcmp(path, folder) == 0);
}

static int is_watched(int fd) { return fd >= 0 && fd < DESCRIPTORS && watched[fd]; }

static void put(const void *bytes, size_t length) {
  const char *next = bytes;
  while (length > 0) {
    ssize_t done = real_write(trace, next, length);
    if (done < 0) {
      if (errno == EINTR) continue;
      abort();
    }
    next += done;
    length -= (size_t)done;
  }
}

static void record(int operation, int fd, int64_t offset, const void *bytes, size_t length, int64_t result, int flag) {
  int kept = errno;
  if (trace >= 0) {
    int64_t words[6] = {operation, fd, offset, (int64_t)length, result, flag};
    put(words, sizeof words);
    if (length > 0) put(bytes, length);
  }
  errno = kept;
}

/* Counts a call. Returns 1 when it has to fail, with errno set. */
static int has_to_fail(int kind) {
  counts[kind] += 1;
  if (armed_kind != kind) return 0;
  if (armed_for_good ? counts[kind] < armed_at : counts[kind] != armed_at) return 0;
  errno = armed_errno;
  return 1;
}

static void write_counts(const char *path) {
  char text[200];
  int length = snprintf(text, sizeof text, "{\"sync\":%lld,\"write\":%lld,\"name\":%lld}\n", (long long)counts[0],
                        (long long)counts[1], (long long)counts[2]);
  int fd = real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0 || real_write(fd, text, (size_t)length) != length) abort();
  real_close(fd);
}

static void trace_to(const char *path) {
  if (trace >= 0) real_close(trace);
  trace = real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (trace < 0) abort();
}

static void obey(const char *order) {
  char kind[16], how[8];
  long long at;
  int number;
  if (strncmp(order, "count", 5) == 0) return write_counts(order + 5);
  if (strncmp(order, "trace", 5) == 0) return trace_to(order + 5);
  armed_kind = -1;
  if (sscanf(order, "arm/%15[a-z]/%lld/%d/%7[a-z]", kind, &at, &number, how) != 4) return;
  memset(counts, 0, sizeof counts);
  for (int index = 0; index < KINDS; index += 1)
    if (strcmp(kind, kind_names[index]) == 0) armed_kind = index;
  armed_at = at;
  armed_errno = number;
  armed_for_good = strcmp(how, "on") == 0;
}

/* Returns 1 for an order, which is obeyed. */
static int is_order(const char *path) {
  if (strncmp(path, control, sizeof control - 1) != 0) return 0;
  obey(path + sizeof control - 1);
  errno = ENOENT;
  return 1;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
  enter();
  int fd;
  if (is_order(path)) {
    fd = -1;
  } else if (!is_ours_or_folder(path)) {
    fd = real_openat(at, path, flags, mode);
    if (fd >= 0 && fd < DESCRIPTORS) watched[fd] = 0;
  } else {
    struct stat before;
    int is_new = (flags & O_CREAT) != 0 && stat(path, &before) != 0;
    if (is_new && has_to_fail(KIND_NAME)) {
      fd = -1;
    } else {
      fd = real_openat(at, path, flags, mode);
      if (fd >= DESCRIPTORS) abort();
      if (fd >= 0) {
        watched[fd] = 1;
        record(OPEN, fd, 0, path, strlen(path), 0, is_new);
        if ((flags & O_TRUNC) != 0 && !is_new) record(TRUNCATE, fd, 0, NULL, 0, 0, 0);
      }
    }
  }
  leave();
  return fd;
}

#define MODE_OF(flags)                     \
  mode_t mode = 0;                         \
  if (((flags) & (O_CREAT | O_TMPFILE))) { \
    va_list rest;                          \
    va_start(rest, flags);                 \
    mode = (mode_t)va_arg(rest, int);      \
    va_end(rest);                          \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return opened(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  MODE_OF(flags)
  return opened(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
  MODE_OF(flags)
  return opened(at, path, flags, mode);
}

int close(int fd) {
  enter();
  if (is_watched(fd)) {
    record(CLOSE, fd, 0, NULL, 0, 0, 0);
    watched[fd] = 0;
  }
  int result = real_close(fd);
  leave();
  return result;
}

/* A write that fails half done leaves half of its bytes, every second time. */
static ssize_t failed_write(int fd, const void *bytes, size_t length, off_t offset) {
  int kept = errno;
  if (counts[KIND_WRITE] % 2 == 0) {
    ssize_t half = real_pwrite(fd, bytes, length / 2, offset);
    if (half > 0) record(WRITE, fd, offset, bytes, (size_t)half, half, 0);
  }
  errno = kept;
  return -1;
}

static ssize_t written(int fd, const void *bytes, size_t length, off_t offset) {
  enter();
  ssize_t result;
  if (is_watched(fd) && has_to_fail(KIND_WRITE)) {
    result = failed_write(fd, bytes, length, offset);
  } else {
    result = real_pwrite(fd, bytes, length, offset);
    if (is_watched(fd) && result > 0) record(WRITE, fd, offset, bytes, (size_t)result, result, 0);
  }
  leave();
  return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return written(fd, bytes, length, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) { return written(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
  enter();
  ssize_t result;
  if (!is_watched(fd)) {
    leave();
    return real_write(fd, bytes, length);
  }
  struct stat about;
  off_t offset = lseek(fd, 0, SEEK_CUR);
  if ((fcntl(fd, F_GETFL) & O_APPEND) != 0 && fstat(fd, &about) == 0) offset = about.st_size;
  if (has_to_fail(KIND_WRITE)) {
    result = failed_write(fd, bytes, length, offset);
  } else {
    result = real_write(fd, bytes, length);
    if (result > 0) record(WRITE, fd, offset, bytes, (size_t)result, result, 0);
  }
  leave();
  return result;
}

/* One call per part: a writev may be cut short anywhere in any case. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
  pthread_once(&once, start);
  if (!is_watched(fd)) return real_writev(fd, parts, count);
  ssize_t all = 0;
  for (int index = 0; index < count; index += 1) {
    ssize_t done = write(fd, parts[index].iov_base, parts[index].iov_len);
    if (done < 0) return all > 0 ? all : -1;
    all += done;
    if ((size_t)done < parts[index].iov_len) break;
  }
  return all;
}

static int truncated(int fd, off_t length) {
  enter();
  int result = -1;
  if (!is_watched(fd) || !has_to_fail(KIND_WRITE)) {
    result = real_ftruncate(fd, length);
    if (is_watched(fd) && result == 0) record(TRUNCATE, fd, length, NULL, 0, 0, 0);
  }
  leave();
  return result;
}

int ftruncate(int fd, off_t length) { return truncated(fd, length); }
int ftruncate64(int fd, off_t length) { return truncated(fd, length); }

/* A sync that fails is recorded too: what it should have made durable is then lost for good, as Linux has it. */
static int synced(int fd, int (*real)(int)) {
  enter();
  int result = -1;
  if (is_watched(fd) && has_to_fail(KIND_SYNC)) {
    record(SYNC, fd, 0, NULL, 0, -1, 0);
  } else {
    result = is_watched(fd) ? 0 : real(fd); /* the power is cut by the replay alone: really waiting proves nothing */
    if (is_watched(fd)) record(SYNC, fd, 0, NULL, 0, 0, 0);
  }
  leave();
  return result;
}

int fsync(int fd) {
  pthread_once(&once, start);
  return synced(fd, real_fsync);
}

int fdatasync(int fd) {
  pthread_once(&once, start);
  return synced(fd, real_fdatasync);
}

static int named(int operation, const char *path, int (*real)(const char *)) {
  enter();
  int result = -1;
  if (!is_ours(path)) {
    result = real(path);
  } else if (!has_to_fail(KIND_NAME)) {
    result = real(path);
    if (result == 0) record(operation, -1, 0, path, strlen(path), 0, 0);
  }
  leave();
  return result;
}

int unlink(const char *path) {
  pthread_once(&once, start);
  return named(UNLINK, path, real_unlink);
}

int rmdir(const char *path) {
  pthread_once(&once, start);
  return named(RMDIR, path, real_rmdir);
}

/* Of a folder that is being removed with all that is in it: Node's rmSync works so. */
int unlinkat(int at, const char *name, int flags) {
  char path[4096], link[64];
  ssize_t length = 0;
  if (at != AT_FDCWD && name[0] != '/') {
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    length = readlink(link, path, sizeof path - 300);
    if (length < 0) return -1;
    path[length++] = '/';
  }
  snprintf(path + length, sizeof path - (size_t)length, "%s", name);
  enter();
  int result = real_unlinkat(at, name, flags);
  if (result == 0 && is_ours(path))
    record((flags & AT_REMOVEDIR) != 0 ? RMDIR : UNLINK, -1, 0, path, strlen(path), 0, 0);
  leave();
  return result;
}

int remove(const char *path) {
  struct stat about;
  pthread_once(&once, start);
  if (!is_ours(path) || stat(path, &about) != 0) return real_remove(path);
  return S_ISDIR(about.st_mode) ? named(RMDIR, path, real_rmdir) : named(UNLINK, path, real_unlink);
}

int mkdir(const char *path, mode_t mode) {
  enter();
  int result = real_mkdir(path, mode);
  if (result == 0 && is_ours(path)) record(MKDIR, -1, 0, path, strlen(path), 0, 0);
  leave();
  return result;
}

int rename(const char *from, const char *to) {
  enter();
  int result = -1;
  int ours = is_ours(from) || is_ours(to);
  if (!ours || !has_to_fail(KIND_NAME)) {
    result = real_rename(from, to);
    if (result == 0 && ours) {
      char both[8400];
      int length = snprintf(both, sizeof both, "%s%c%s", from, 0, to);
      record(RENAME, -1, 0, both, (size_t)length, 0, 0);
    }
  }
  leave();
  return result;
}
