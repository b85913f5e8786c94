// Calls that Swift does not see: they take variable arguments, or belong to GNU's part of the headers.
#include <errno.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

// FICLONE of linux/fs.h: the target shares the source's blocks (ioctl_ficlonerange(2)).
static inline int clone_file(int target, int source) {
    return ioctl(target, _IOW(0x94, 9, int), source);
}

// copy_file_range(2), at the same place in both files.
static inline long copy_range(int source, int target, long long from, size_t count) {
    long long out = from;
    return syscall(SYS_copy_file_range, source, &from, target, &out, count, 0);
}

// syncfs(2): waits for everything that was written to the file system of a file.
static inline int sync_filesystem(int file) {
    return syscall(SYS_syncfs, file);
}

// The kind of file system that a file is on (statfs(2)), or -1.
static inline long file_system_kind(int file) {
    struct statfs status;
    return fstatfs(file, &status) == 0 ? status.f_type : -1;
}
#else
static inline int clone_file(int target, int source) {
    errno = ENOTSUP;
    return -1;
}

static inline long copy_range(int source, int target, long long from, size_t count) {
    errno = ENOSYS;
    return -1;
}

static inline long file_system_kind(int file) {
    return -1;
}
#endif
