import Foundation
import StorageSupport
import Synchronization
import TestSupport
import Testing
import WasmActorTestKit
import WasmCore
import WasmRuntime
import WasmStorage

@testable import WasmActor

/// Actors whose state and messages lie in a file of SQLite, in processes that end at any moment.
@Suite("storage on disk", .timeLimit(.minutes(10)))
struct StorageOnDiskTests {
    /// A folder of a test's own, gone with the value.
    final class Folder: Sendable {
        let url = FileManager.default.temporaryDirectory.appending(path: "wasm-actors-\(UUID().uuidString)")
        var storage: String { url.appending(path: "storage.sqlite").path }
        var acknowledged: String { url.appending(path: "acknowledged").path }

        init() throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: acknowledged))
        }

        deinit { try? FileManager.default.removeItem(at: url) }
    }

    /// How many messages were taken.
    private final class Taken: Sendable { let count = Atomic(0) }

    private static let options = ActorOptions(grants: .all, persistence: .stateAndMessages)

    /// Has four senders send to an actor that never comes to their messages, and ends the process after so many of them
    /// were taken, while others are on their way.
    static func sendUntilKilled(storage path: String, acknowledged: String, run: Int) async throws {
        let log = try #require(FileHandle(forWritingAtPath: acknowledged))
        try log.seekToEnd()
        let taken = Taken()
        let world = try World(storage: SQLiteStorage(path: path))
        let relay = try await world.spawn("relay", "\(run)", options: options)
        try await withThrowingTaskGroup { group in
            group.addTask { _ = try await relay.ask("sleep 3600000", timeout: .seconds(3600)) }
            await until { relay.cell.state.withLock { $0.machine.current != nil } }
            for sender in 0..<4 {
                group.addTask {
                    for number in 0... {
                        try await relay.tell("note \(sender)-\(number)")
                        // One `write(2)`, which the end of the process does not take back.
                        try log.write(contentsOf: Data("\(run) \(sender)-\(number)\n".utf8))
                        if taken.count.add(1, ordering: .relaxed).newValue == 5 * run { kill(getpid(), SIGKILL) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("guests that write at the same moment share a sync, and each goes on after it")
    func guestsShareASync() async throws {
        let (folder, disk) = (try Folder(), FaultyDisk())
        var configuration = SQLiteStorage.Configuration()
        configuration.fileSystem = disk.name
        let storage = try SQLiteStorage(path: folder.storage, configuration: configuration)
        try await World(storage: storage).run { world in
            let relays = try await (0..<20).asyncMap { try await world.spawn("relay", "\($0)", options: .talkative) }
            disk.holdSyncs(true)
            async let first = relays[0].ask("set private key 0")
            disk.awaitHeldSync()
            let others = relays.dropFirst().map { relay in
                Task { try await relay.ask("set private key \(relay.id.instance)") }
            }
            await until { storage.waitingWrites == relays.count - 1 }
            let before = disk.syncs
            disk.holdSyncs(false)
            #expect(try await first == "stored")
            for other in others { #expect(try await other.value == "stored") }
            // The one that was held, and one for all others.
            #expect(disk.syncs == before + 2)
            for relay in relays { #expect(try await relay.ask("get private key") == relay.id.instance) }
        }
        await storage.close()
    }

    @Test("10 processes that end with kill -9 lose no message that was taken, and keep the order of each sender")
    func takenMessagesOutliveTheProcess() async throws {
        let folder = try Folder()
        let runs = 1...10
        for run in runs {
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = folder.storage as String, log = folder.acknowledged as String, run = run as Int] in
                try await StorageOnDiskTests.sendUntilKilled(storage: path, acknowledged: log, run: run)
            }
        }
        let lines = try String(contentsOfFile: folder.acknowledged, encoding: .utf8).split(separator: "\n")
        let storage = try SQLiteStorage(path: folder.storage)
        try await World(storage: storage).run { world in
            for run in runs {
                let acknowledged = lines.filter { $0.hasPrefix("\(run) ") }.map {
                    String($0.dropFirst("\(run) ".count))
                }
                #expect(acknowledged.count >= 5 * run)
                let relay = try await world.spawn("relay", "\(run)", options: Self.options)
                let notes = try await relay.ask("notes").split(separator: "\n").map(String.init)
                #expect(Set(notes).isSuperset(of: acknowledged), "run \(run)")
                #expect(Set(notes).count == notes.count, "run \(run): a message came twice")
                for sender in 0..<4 {
                    let numbers = notes.filter { $0.hasPrefix("\(sender)-") }.compactMap { Int($0.dropFirst(2)) }
                    #expect(numbers == numbers.sorted(), "run \(run), sender \(sender)")
                }
            }
        }
        await storage.close()
    }

    @Test func theStateOfAnActorOutlivesItsProcess() async throws {
        let folder = try Folder()
        for run in 1...3 {
            await #expect(processExitsWith: .success) { [path = folder.storage as String, run = run as Int] in
                let storage = try SQLiteStorage(path: path)
                try await World(storage: storage).run { world in
                    var options = StorageOnDiskTests.options
                    options.persistence = .state
                    let tally = try await world.spawn("tally", options: options)
                    #expect(try await tally.ask("add 1") == "\(run)")
                    await tally.stop()
                }
                await storage.close()
            }
        }
    }
}
