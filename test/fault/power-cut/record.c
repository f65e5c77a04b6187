// Writes down, in order, everything this process does to the files below RECORD_FOLDER, and what it sends over the network, into RECORD_LOG.
// Loaded with LD_PRELOAD: below Node, SQLite and core, which know nothing of it. The log is what a disk could have seen; test/fault/power-cut/replay.ts cuts the power in it.
//
// Log: rows of {u32 kind, u32 file, u64 offset, u64 length} (host order) and, for kinds with bytes, `length` bytes behind.
// A way to change a file that this recorder does not know ends the process: nothing may escape it unseen.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NAMED = 1, WRITTEN = 2, RESIZED = 3, SYNCED = 4, REMOVED = 5, MOVED = 6, SENT = 7 };
enum { FDS = 65536, FILES = 4096, NOT_OURS = 0, SOCKET = -1 };

struct row { uint32_t kind, file; uint64_t offset, length; };

static char folder[PATH_MAX];
static size_t folder_length;
static int log_fd = -1;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
// What a descriptor is: a file's number from 1, a socket, or nothing of ours.
static int what[FDS];
static char *files[FILES];
static int file_count;

static void write_all(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    long done = syscall(SYS_write, log_fd, at, length);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) _exit(97);
    at += done;
    length -= (size_t)done;
  }
}

static void note(uint32_t kind, int file, uint64_t offset, const void *bytes, uint64_t length) {
  struct row row = {kind, (uint32_t)file, offset, length};
  int kept = errno;
  write_all(&row, sizeof row);
  if (bytes != NULL) write_all(bytes, length);
  errno = kept;
}

static void unknown_way(const char *call) {
  dprintf(2, "recorder: %s on a recorded file is not known here\n", call);
  _exit(98);
}

__attribute__((constructor)) static void begin(void) {
  const char *wanted = getenv("RECORD_FOLDER"), *log = getenv("RECORD_LOG");
  if (wanted == NULL || log == NULL || realpath(wanted, folder) == NULL) return;
  folder_length = strlen(folder);
  log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

// The part of a path below the folder; NULL: elsewhere, or SQLite's shared memory, which no power cut outlives.
static const char *below(const char *path) {
  static __thread char full[PATH_MAX];
  if (log_fd < 0 || path == NULL) return NULL;
  if (path[0] != '/') {
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL || snprintf(full, sizeof full, "%s/%s", here, path) >= (int)sizeof full) return NULL;
    path = full;
  }
  if (strncmp(path, folder, folder_length) != 0 || path[folder_length] != '/') return NULL;
  path += folder_length + 1;
  size_t length = strlen(path);
  return length > 4 && strcmp(path + length - 4, "-shm") == 0 ? NULL : path;
}

static int number_of(const char *name) {
  for (int n = 1; n <= file_count; n++)
    if (files[n] != NULL && strcmp(files[n], name) == 0) return n;
  if (file_count + 1 >= FILES) _exit(96);
  files[++file_count] = strdup(name);
  note(NAMED, file_count, 0, name, strlen(name));
  return file_count;
}

static void opened(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= FDS) return;
  const char *name = below(path);
  if (name == NULL || (flags & O_DIRECTORY)) { what[fd] = NOT_OURS; return; }
  what[fd] = number_of(name);
  if (flags & O_TRUNC) note(RESIZED, what[fd], 0, NULL, 0);
}

static int file_of(int fd) { return log_fd >= 0 && fd >= 0 && fd < FDS && what[fd] > 0 ? what[fd] : 0; }
static int is_socket(int fd) { return log_fd >= 0 && fd >= 0 && fd < FDS && what[fd] == SOCKET; }

#define REAL(name) static __typeof__(&name) real; if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define LOCK pthread_mutex_lock(&one_at_a_time)
#define UNLOCK pthread_mutex_unlock(&one_at_a_time)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list more; va_start(more, flags); \
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    REAL(name); LOCK; \
    int fd = real(path, flags, mode); \
    opened(fd, path, flags); \
    UNLOCK; return fd; \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int at, const char *path, int flags, ...) { \
    va_list more; va_start(more, flags); \
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    REAL(name); LOCK; \
    int fd = real(at, path, flags, mode); \
    if (at != AT_FDCWD && path[0] != '/' && fd >= 0 && fd < FDS) what[fd] = NOT_OURS; else opened(fd, path, flags); \
    UNLOCK; return fd; \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  REAL(close); LOCK;
  if (fd >= 0 && fd < FDS) what[fd] = NOT_OURS;
  int result = real(fd);
  UNLOCK; return result;
}

int connect(int fd, const struct sockaddr *address, socklen_t length) {
  REAL(connect); LOCK;
  if (log_fd >= 0 && fd >= 0 && fd < FDS && (address->sa_family == AF_INET || address->sa_family == AF_INET6)) what[fd] = SOCKET;
  UNLOCK; return real(fd, address, length);
}

static size_t length_of(const struct iovec *parts, int count) {
  size_t length = 0;
  for (int n = 0; n < count; n++) length += parts[n].iov_len;
  return length;
}
static void note_parts(uint32_t kind, int file, uint64_t offset, const struct iovec *parts, int count, size_t length) {
  note(kind, file, offset, NULL, length);
  int kept = errno;
  for (int n = 0; n < count && length > 0; n++) {
    size_t part = parts[n].iov_len < length ? parts[n].iov_len : length;
    write_all(parts[n].iov_base, part);
    length -= part;
  }
  errno = kept;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(write);
  int file = file_of(fd);
  if (file == 0 && !is_socket(fd)) return real(fd, bytes, length);
  LOCK;
  // What goes to the network is written down before it goes: it counts as sent even if the power goes in the middle.
  if (file == 0) note(SENT, fd, 0, bytes, length);
  off_t at = file == 0 ? 0 : (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
  ssize_t done = real(fd, bytes, length);
  if (file != 0 && done > 0) note(WRITTEN, file, (uint64_t)at, bytes, (uint64_t)done);
  UNLOCK; return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  int file = file_of(fd);
  if (file == 0 && !is_socket(fd)) return real(fd, parts, count);
  LOCK;
  if (file == 0) note_parts(SENT, fd, 0, parts, count, length_of(parts, count));
  off_t at = file == 0 ? 0 : (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
  ssize_t done = real(fd, parts, count);
  if (file != 0 && done > 0) note_parts(WRITTEN, file, (uint64_t)at, parts, count, (size_t)done);
  UNLOCK; return done;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  REAL(sendmsg);
  if (!is_socket(fd)) return real(fd, message, flags);
  LOCK;
  note_parts(SENT, fd, 0, message->msg_iov, (int)message->msg_iovlen, length_of(message->msg_iov, (int)message->msg_iovlen));
  ssize_t done = real(fd, message, flags);
  UNLOCK; return done;
}

#define PWRITE(name, offset_type) \
  ssize_t name(int fd, const void *bytes, size_t length, offset_type offset) { \
    REAL(name); \
    int file = file_of(fd); \
    if (file == 0) return real(fd, bytes, length, offset); \
    LOCK; \
    ssize_t done = real(fd, bytes, length, offset); \
    if (done > 0) note(WRITTEN, file, (uint64_t)offset, bytes, (uint64_t)done); \
    UNLOCK; return done; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define PWRITEV(name, offset_type) \
  ssize_t name(int fd, const struct iovec *parts, int count, offset_type offset) { \
    REAL(name); \
    int file = file_of(fd); \
    if (file == 0) return real(fd, parts, count, offset); \
    LOCK; \
    ssize_t done = real(fd, parts, count, offset); \
    if (done > 0) note_parts(WRITTEN, file, (uint64_t)offset, parts, count, (size_t)done); \
    UNLOCK; return done; \
  }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

#define RESIZE(name, offset_type) \
  int name(int fd, offset_type length) { \
    REAL(name); LOCK; \
    int result = real(fd, length); \
    if (result == 0 && file_of(fd) != 0) note(RESIZED, file_of(fd), (uint64_t)length, NULL, 0); \
    UNLOCK; return result; \
  }
RESIZE(ftruncate, off_t)
RESIZE(ftruncate64, off64_t)

// The lock is held while the disk works: nothing that is written meanwhile may count as covered by it.
#define SYNC(name) \
  int name(int fd) { \
    REAL(name); \
    if (file_of(fd) == 0) return real(fd); \
    LOCK; \
    int result = real(fd); \
    if (result == 0) note(SYNCED, file_of(fd), 0, NULL, 0); \
    UNLOCK; return result; \
  }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
  REAL(unlink); LOCK;
  int result = real(path);
  const char *name = result == 0 ? below(path) : NULL;
  if (name != NULL) {
    int file = number_of(name);
    note(REMOVED, file, 0, NULL, 0);
    free(files[file]);
    files[file] = NULL;
  }
  UNLOCK; return result;
}

int rename(const char *from, const char *to) {
  REAL(rename); LOCK;
  int result = real(from, to);
  if (result == 0 && log_fd >= 0) {
    char old[PATH_MAX] = "";
    const char *name = below(from);
    if (name != NULL) snprintf(old, sizeof old, "%s", name);
    name = below(to);
    if ((name == NULL) != (old[0] == 0)) unknown_way("rename out of or into the folder");
    if (name != NULL) {
      for (int n = 1; n <= file_count; n++)
        if (files[n] != NULL && strcmp(files[n], name) == 0) { note(REMOVED, n, 0, NULL, 0); free(files[n]); files[n] = NULL; }
      int file = number_of(old);
      note(MOVED, file, 0, name, strlen(name));
      free(files[file]);
      files[file] = strdup(name);
    }
  }
  UNLOCK; return result;
}

// Ways to change a file that are not used today.
void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
  REAL(mmap);
  if ((flags & MAP_SHARED) && (protection & PROT_WRITE) && file_of(fd) != 0) unknown_way("a shared writable mapping");
  return real(at, length, protection, flags, fd, offset);
}
void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset) {
  REAL(mmap64);
  if ((flags & MAP_SHARED) && (protection & PROT_WRITE) && file_of(fd) != 0) unknown_way("a shared writable mapping");
  return real(at, length, protection, flags, fd, offset);
}
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t length, unsigned flags) {
  REAL(copy_file_range);
  if (file_of(out) != 0) unknown_way("copy_file_range");
  return real(in, in_at, out, out_at, length, flags);
}
int fallocate(int fd, int mode, off_t offset, off_t length) {
  REAL(fallocate);
  if (file_of(fd) != 0) unknown_way("fallocate");
  return real(fd, mode, offset, length);
}
int posix_fallocate(int fd, off_t offset, off_t length) {
  REAL(posix_fallocate);
  if (file_of(fd) != 0) unknown_way("posix_fallocate");
  return real(fd, offset, length);
}
int truncate(const char *path, off_t length) {
  REAL(truncate);
  if (below(path) != NULL) unknown_way("truncate by name");
  return real(path, length);
}
