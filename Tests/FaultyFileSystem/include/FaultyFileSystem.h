#pragma once

// A layer of SQLite's over the system's files (sqlite.org/vfs.html) that counts syncs and fails on command.
// Each test registers one of its own, under a name of its own.

typedef struct FaultyFileSystem FaultyFileSystem;

FaultyFileSystem *faulty_file_system_register(const char *name);

// How often a file was synced.
int faulty_file_system_syncs(FaultyFileSystem *system);
// Whether every later sync fails.
void faulty_file_system_fail_syncs(FaultyFileSystem *system, int fails);
// Whether every later write finds the disk full.
void faulty_file_system_fill(FaultyFileSystem *system, int isFull);
// Makes syncs wait until they are let go: what arrives meanwhile belongs to the next group.
void faulty_file_system_hold_syncs(FaultyFileSystem *system, int holds);
// Waits until a sync is held.
void faulty_file_system_await_held_sync(FaultyFileSystem *system);
// Ends the process as `kill -9` does, in place of the n-th write or sync from now.
void faulty_file_system_kill_at(FaultyFileSystem *system, int n);
