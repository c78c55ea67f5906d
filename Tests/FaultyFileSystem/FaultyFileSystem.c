#include "FaultyFileSystem.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct FaultyFileSystem {
    sqlite3_vfs vfs;
    sqlite3_vfs *system;
    atomic_int syncs, failsSyncs, isFull, untilKill;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    int holdsSyncs, heldSyncs;
};

// The system's file follows in the same memory, which SQLite gives.
typedef struct {
    sqlite3_file base;
    FaultyFileSystem *owner;
    sqlite3_file system[];
} FaultyFile;

static sqlite3_file *real(sqlite3_file *file) { return ((FaultyFile *)file)->system; }
static FaultyFileSystem *owner(sqlite3_file *file) { return ((FaultyFile *)file)->owner; }

#define FORWARD(name, parameters, ...) \
    static int name parameters { return real(file)->pMethods->x##name(real(file)__VA_OPT__(, ) __VA_ARGS__); }

FORWARD(Close, (sqlite3_file *file))
FORWARD(Read, (sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset), bytes, count, offset)
FORWARD(Truncate, (sqlite3_file *file, sqlite3_int64 size), size)
FORWARD(FileSize, (sqlite3_file *file, sqlite3_int64 *size), size)
FORWARD(Lock, (sqlite3_file *file, int level), level)
FORWARD(Unlock, (sqlite3_file *file, int level), level)
FORWARD(CheckReservedLock, (sqlite3_file *file, int *result), result)
FORWARD(FileControl, (sqlite3_file *file, int operation, void *argument), operation, argument)
FORWARD(SectorSize, (sqlite3_file *file))
FORWARD(DeviceCharacteristics, (sqlite3_file *file))
FORWARD(ShmMap, (sqlite3_file *file, int page, int size, int extends, void volatile **memory), page, size, extends, memory)
FORWARD(ShmLock, (sqlite3_file *file, int offset, int count, int flags), offset, count, flags)
FORWARD(ShmUnmap, (sqlite3_file *file, int deletes), deletes)

static void ShmBarrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }

static void dieIfTold(FaultyFileSystem *system) {
    if (atomic_load(&system->untilKill) > 0 && atomic_fetch_sub(&system->untilKill, 1) == 1) raise(SIGKILL);
}

static int Write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    dieIfTold(owner(file));
    if (atomic_load(&owner(file)->isFull)) return SQLITE_FULL;
    return real(file)->pMethods->xWrite(real(file), bytes, count, offset);
}

static int Sync(sqlite3_file *file, int flags) {
    FaultyFileSystem *system = owner(file);
    dieIfTold(system);
    pthread_mutex_lock(&system->mutex);
    while (system->holdsSyncs) {
        system->heldSyncs++;
        pthread_cond_broadcast(&system->changed);
        pthread_cond_wait(&system->changed, &system->mutex);
        system->heldSyncs--;
    }
    pthread_mutex_unlock(&system->mutex);
    if (atomic_load(&system->failsSyncs)) return SQLITE_IOERR_FSYNC;
    atomic_fetch_add(&system->syncs, 1);
    return real(file)->pMethods->xSync(real(file), flags);
}

static const sqlite3_io_methods methods = {
    2, Close, Read, Write, Truncate, Sync, FileSize, Lock, Unlock, CheckReservedLock, FileControl, SectorSize,
    DeviceCharacteristics, ShmMap, ShmLock, ShmBarrier, ShmUnmap, NULL, NULL,
};

static int Open(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *outFlags) {
    FaultyFileSystem *system = vfs->pAppData;
    FaultyFile *faulty = (FaultyFile *)file;
    faulty->owner = system;
    int result = system->system->xOpen(system->system, path, faulty->system, flags, outFlags);
    // SQLite closes a file only if it has methods.
    faulty->base.pMethods = faulty->system->pMethods ? &methods : NULL;
    return result;
}

FaultyFileSystem *faulty_file_system_register(const char *name) {
    FaultyFileSystem *faulty = calloc(1, sizeof *faulty);
    faulty->system = sqlite3_vfs_find(NULL);
    pthread_mutex_init(&faulty->mutex, NULL);
    pthread_cond_init(&faulty->changed, NULL);
    // Everything but opening files is the system's.
    faulty->vfs = *faulty->system;
    faulty->vfs.zName = strdup(name);
    faulty->vfs.pNext = NULL;
    faulty->vfs.szOsFile = (int)sizeof(FaultyFile) + faulty->system->szOsFile;
    faulty->vfs.xOpen = Open;
    faulty->vfs.pAppData = faulty;
    sqlite3_vfs_register(&faulty->vfs, 0);
    return faulty;
}

int faulty_file_system_syncs(FaultyFileSystem *system) { return atomic_load(&system->syncs); }
void faulty_file_system_fail_syncs(FaultyFileSystem *system, int fails) { atomic_store(&system->failsSyncs, fails); }
void faulty_file_system_fill(FaultyFileSystem *system, int isFull) { atomic_store(&system->isFull, isFull); }

void faulty_file_system_kill_at(FaultyFileSystem *system, int n) { atomic_store(&system->untilKill, n); }

void faulty_file_system_hold_syncs(FaultyFileSystem *system, int holds) {
    pthread_mutex_lock(&system->mutex);
    system->holdsSyncs = holds;
    pthread_cond_broadcast(&system->changed);
    pthread_mutex_unlock(&system->mutex);
}

void faulty_file_system_await_held_sync(FaultyFileSystem *system) {
    pthread_mutex_lock(&system->mutex);
    while (system->heldSyncs == 0) pthread_cond_wait(&system->changed, &system->mutex);
    pthread_mutex_unlock(&system->mutex);
}
