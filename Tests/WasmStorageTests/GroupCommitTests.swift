import StorageSupport
import Testing
import WasmCore
import WasmStorage

@Suite("Group commit")
struct GroupCommitTests {
    private let file: StorageFile
    private let disk = FaultyDisk()
    private let storage: SQLiteStorage

    init() throws {
        file = try StorageFile()
        let disk = disk
        storage = try file.open { $0.fileSystem = disk.name }
    }

    /// Starts a write, and returns when it is on its way.
    private func write(_ key: String) -> Task<Void, any Error> {
        let (storage, scope) = (storage, file.scope)
        return Task.immediate { try await storage.set(key, to: [1], in: scope, quota: 1 << 20) }
    }

    @Test("a write is acknowledged after its sync, not before")
    func acknowledgement() async throws {
        let before = disk.syncs
        try await storage.set("k", to: [1], in: file.scope, quota: 10)
        #expect(disk.syncs == before + 1)
    }

    @Test("writes that arrive during a sync share the next one")
    func sharing() async throws {
        disk.holdSyncs(true)
        let first = write("first")
        disk.awaitHeldSync()
        let later = (0..<100).map { write("later-\($0)") }
        let before = disk.syncs
        disk.holdSyncs(false)
        try await first.value
        for task in later { try await task.value }
        #expect(disk.syncs == before + 2)
        #expect(try await storage.usage(of: file.scope, quota: 1 << 20).keys == 101)
    }

    @Test("a failed sync is an error to every write that shared it, and stores none of them")
    func failedSync() async throws {
        disk.holdSyncs(true)
        let first = write("first")
        disk.awaitHeldSync()
        let later = (0..<10).map { write("later-\($0)") }
        disk.failSyncs(true)
        disk.holdSyncs(false)
        for task in [first] + later {
            await #expect { try await task.value } throws: { error in
                guard case StorageError.failed(let text) = error else { return false }
                return text.contains("disk")
            }
        }
        #expect(try await storage.usage(of: file.scope, quota: 1 << 20).keys == 0)
        disk.failSyncs(false)
        try await storage.set("again", to: [1], in: file.scope, quota: 1 << 20)
        #expect(try await storage.keys(prefix: "", after: nil, limit: 100, in: file.scope).keys == ["again"])
    }

    @Test("a full disk is an error to the write, stores nothing, and goes away with its cause")
    func fullDisk() async throws {
        try await storage.set("before", to: [1], in: file.scope, quota: 1 << 20)
        disk.fill(true)
        await #expect { try await storage.set("k", to: [1], in: file.scope, quota: 1 << 20) } throws: { error in
            guard case StorageError.failed(let text) = error else { return false }
            return text.contains("space")
        }
        #expect(try await storage.get("before", in: file.scope) == [1])
        disk.fill(false)
        try await storage.set("k", to: [2], in: file.scope, quota: 1 << 20)
        #expect(try await storage.get("k", in: file.scope) == [2])
    }

    @Test("a full disk is an error to every write that shared a sync, and stores none of them")
    func fullDiskForAll() async throws {
        disk.holdSyncs(true)
        let first = write("first")
        disk.awaitHeldSync()
        let later = (0..<10).map { write("later-\($0)") }
        disk.fill(true)
        disk.holdSyncs(false)
        try await first.value
        for task in later {
            await #expect { try await task.value } throws: { error in
                guard case StorageError.failed(let text) = error else { return false }
                return text.contains("space")
            }
        }
        #expect(try await storage.keys(prefix: "", after: nil, limit: 100, in: file.scope).keys == ["first"])
    }

    @Test("a refused write in a group takes nothing from the others")
    func refusals() async throws {
        let (storage, scope) = (storage, file.scope)
        disk.holdSyncs(true)
        let first = write("first")
        disk.awaitHeldSync()
        let tooMuch = Task.immediate { try await storage.set("big", to: [1, 2, 3], in: scope, quota: 1) }
        let conflict = Task.immediate {
            try await storage.compareAndSet("none", expected: [9], replacement: [1], in: scope, quota: 100)
        }
        let good = write("good")
        disk.holdSyncs(false)
        try await first.value
        try await good.value
        await #expect(throws: StorageError.self) { try await tooMuch.value }
        await #expect(throws: StorageError.conflict) { try await conflict.value }
        #expect(try await storage.keys(prefix: "", after: nil, limit: 10, in: scope).keys == ["first", "good"])
    }

    @Test("a group is no larger than it may be")
    func largestGroup() async throws {
        let (file, disk) = (try StorageFile(), FaultyDisk())
        let storage = try file.open {
            $0.fileSystem = disk.name
            $0.largestGroup = 10
        }
        disk.holdSyncs(true)
        let scope = file.scope
        let tasks = (0..<31).map { number in
            Task.immediate { try await storage.set("\(number)", to: [], in: scope, quota: 1 << 20) }
        }
        disk.awaitHeldSync()
        let before = disk.syncs
        disk.holdSyncs(false)
        for task in tasks { try await task.value }
        #expect(disk.syncs >= before + 4)
    }

    @Test("the weaker durability leaves the sync out")
    func withoutSync() async throws {
        let (file, disk) = (try StorageFile(), FaultyDisk())
        let storage = try file.open {
            $0.fileSystem = disk.name
            $0.durability = .handedToSystem
        }
        let before = disk.syncs
        try await storage.set("k", to: [1], in: file.scope, quota: 10)
        #expect(disk.syncs == before)
    }
}
