/* What a program does to the files below one folder, recorded in order: preloaded into it by LD_PRELOAD.

   RECORDED_FOLDER  the folder, resolved; files whose name ends in "-shm" are left out
   RECORDED_LOG     where the record goes: for each step a `struct step`, then `length` bytes
   DIES_AT          kill -9 before this step, counted from the first line on standard output; unset: never
   ROOM_LEFT        files may grow by this many bytes together, then the disk is full; unset: endless

   Lines on standard output are recorded too, so that it shows what had been said when. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind {
    SAID = 'a',    /* the line */
    CREATED = 'c', /* the path */
    WRITTEN = 'w', /* the bytes, at offset */
    CUT = 't',     /* to offset */
    SYNCED = 's',
    LISTED = 'l',  /* a folder was synced: its path */
    RENAMED = 'r', /* the paths, a line each */
    REMOVED = 'u'  /* the path */
};

struct step {
    int64_t kind, inode, offset, length;
};

#define MOST_FILES 4096
static char is_recorded[MOST_FILES];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int record = -1;
static long dies_at = -1, steps = -1;
static long long room_left = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("RECORDED_LOG");
    folder = getenv("RECORDED_FOLDER");
    if (folder == NULL || log == NULL)
        return;
    record = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (getenv("DIES_AT"))
        dies_at = atol(getenv("DIES_AT"));
    if (getenv("ROOM_LEFT"))
        room_left = atoll(getenv("ROOM_LEFT"));
}

static int below(const char *path) {
    size_t length = strlen(path);
    if (record < 0 || strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

/* The whole path of one that may begin at an open folder. */
static const char *whole(int at, const char *path, char room[8192]) {
    char self[64];
    if (path[0] == '/' || at == AT_FDCWD)
        return path;
    snprintf(self, sizeof self, "/proc/self/fd/%d", at);
    ssize_t length = readlink(self, room, 4096);
    if (length < 0)
        return path;
    snprintf(room + length, (size_t)(8192 - length), "/%s", path);
    return room;
}

static int recorded(int file) { return record >= 0 && file >= 0 && file < MOST_FILES && is_recorded[file]; }

/* A step is about to be taken. */
static void before(void) {
    if (steps >= 0 && ++steps == dies_at)
        kill(getpid(), SIGKILL);
}

static void after(enum kind kind, int64_t inode, int64_t offset, const void *bytes, size_t length) {
    struct step step = {kind, inode, offset, (int64_t)length};
    if (REAL(write)(record, &step, sizeof step) != sizeof step || REAL(write)(record, bytes, length) != (ssize_t)length)
        abort();
}

static int64_t inode_of(int file) {
    struct stat facts;
    return fstat(file, &facts) == 0 ? (int64_t)facts.st_ino : -1;
}

static int64_t size_of(int file) {
    struct stat facts;
    return fstat(file, &facts) == 0 ? (int64_t)facts.st_size : 0;
}

static int opened(int (*real)(int, const char *, int, ...), int at, const char *path, int flags, mode_t mode) {
    char room[8192];
    path = whole(at, path, room);
    if (!below(path))
        return real(at, path, flags, mode);
    pthread_mutex_lock(&turn);
    int was_there = faccessat(at, path, F_OK, 0) == 0;
    if ((flags & O_CREAT && !was_there) || flags & O_TRUNC)
        before();
    int file = real(at, path, flags, mode), error = errno;
    if (file >= 0 && file < MOST_FILES) {
        is_recorded[file] = 1;
        if (!was_there)
            after(CREATED, inode_of(file), 0, path, strlen(path));
        else if (flags & O_TRUNC)
            after(CUT, inode_of(file), 0, "", 0);
    }
    pthread_mutex_unlock(&turn);
    errno = error;
    return file;
}

#define MODE_OF(flags)                                                                                                 \
    mode_t mode = 0;                                                                                                   \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                                                             \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }

int open(const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened(REAL(openat), AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened(REAL(openat64), AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened(REAL(openat), at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened(REAL(openat64), at, path, flags, mode);
}

int close(int file) {
    if (recorded(file))
        is_recorded[file] = 0;
    return REAL(close)(file);
}

/* Takes room on the disk for what reaches beyond the end of a file; 0 if there is none left. */
static int has_room(int file, int64_t end) {
    int64_t more = end - size_of(file);
    if (room_left < 0 || more <= 0)
        return 1;
    if (more > room_left)
        return 0;
    room_left -= more;
    return 1;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    if (!recorded(file))
        return REAL(pwrite64)(file, bytes, length, offset);
    pthread_mutex_lock(&turn);
    before();
    ssize_t done = -1;
    errno = ENOSPC;
    if (has_room(file, offset + (int64_t)length))
        done = REAL(pwrite64)(file, bytes, length, offset);
    if (done > 0)
        after(WRITTEN, inode_of(file), offset, bytes, (size_t)done);
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) { return pwrite64(file, bytes, length, offset); }

ssize_t write(int file, const void *bytes, size_t length) {
    if (file != STDOUT_FILENO && !recorded(file))
        return REAL(write)(file, bytes, length);
    if (recorded(file)) {
        off_t offset = lseek(file, 0, SEEK_CUR);
        ssize_t done = pwrite64(file, bytes, length, offset);
        if (done > 0)
            lseek(file, offset + done, SEEK_SET);
        return done;
    }
    pthread_mutex_lock(&turn);
    ssize_t done = REAL(write)(file, bytes, length);
    if (record >= 0) {
        after(SAID, 0, 0, bytes, length);
        if (steps < 0)
            steps = 0;
    }
    pthread_mutex_unlock(&turn);
    return done;
}

int ftruncate64(int file, off64_t length) {
    if (!recorded(file))
        return REAL(ftruncate64)(file, length);
    pthread_mutex_lock(&turn);
    before();
    int failed = REAL(ftruncate64)(file, length);
    if (!failed)
        after(CUT, inode_of(file), length, "", 0);
    pthread_mutex_unlock(&turn);
    return failed;
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

static int synced(int (*real)(int), int file) {
    if (!recorded(file))
        return real(file);
    pthread_mutex_lock(&turn);
    before();
    int failed = real(file);
    if (!failed) {
        char self[64], path[4096];
        struct stat facts;
        int is_folder = fstat(file, &facts) == 0 && S_ISDIR(facts.st_mode);
        snprintf(self, sizeof self, "/proc/self/fd/%d", file);
        ssize_t length = is_folder ? readlink(self, path, sizeof path) : 0;
        after(is_folder ? LISTED : SYNCED, inode_of(file), 0, path, (size_t)length);
    }
    pthread_mutex_unlock(&turn);
    return failed;
}

int fsync(int file) { return synced(REAL(fsync), file); }

int fdatasync(int file) { return synced(REAL(fdatasync), file); }

int renameat(int from_at, const char *from, int to_at, const char *to) {
    char from_room[8192], to_room[8192];
    from = whole(from_at, from, from_room);
    to = whole(to_at, to, to_room);
    if (!below(from))
        return REAL(renameat)(from_at, from, to_at, to);
    pthread_mutex_lock(&turn);
    before();
    int failed = REAL(renameat)(from_at, from, to_at, to);
    if (!failed) {
        char both[16384];
        int length = snprintf(both, sizeof both, "%s\n%s", from, to);
        after(RENAMED, 0, 0, both, (size_t)length);
    }
    pthread_mutex_unlock(&turn);
    return failed;
}

int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }

int unlinkat(int at, const char *path, int flags) {
    char room[8192];
    path = whole(at, path, room);
    if (!below(path))
        return REAL(unlinkat)(at, path, flags);
    pthread_mutex_lock(&turn);
    before();
    int failed = REAL(unlinkat)(at, path, flags), error = errno;
    if (!failed)
        after(REMOVED, 0, 0, path, strlen(path));
    pthread_mutex_unlock(&turn);
    errno = error;
    return failed;
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
