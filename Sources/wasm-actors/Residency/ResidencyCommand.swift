import Foundation
import WasmActor
import WasmStorage

/// `residency`: many addressable actors with few in memory.
enum ResidencyCommand: Subcommand {
    static let name = "residency"
    static let summary = "Runs many addressable actors with few of them in memory, and checks every count."
    static let help = """
        Spawns durable actors, sends to random ones, and then asks every one for its count. Only few of them are in memory
        at a time: the others are saved, and come back with their next message.

        Usage: wasm-actors residency [--actors N] [--resident N] [--messages N] [--memory MIB] [--seed N]
                                     [--storage FILE] [--fixtures DIR]

        Prints one line of JSON: how many actors there were, how many were in memory at the most, how many messages were
        sent and how many were found in the counts, the most resident memory of the process, and the seconds of each part.

        Options:
          --actors N      Addressable actors; 1,000,000 by default.
          --resident N    Actors in memory; 5,000 by default.
          --messages N    Messages to random actors; as many as there are actors by default.
          --memory MIB    The most resident memory that the process may have; 2,048 by default.
          --seed N        Where chance begins; 1 by default.
          --storage FILE  The new SQLite file that the states are saved in, handed to the system without a wait for the
                          disk; a temporary one by default.
          --fixtures DIR  The folder with tally.wasm.

        Ends with 1 where a count is wrong, a message is a dead letter, more actors are in memory than may be (and a
        sixteenth on top), or the memory is not enough.
        Build for release first: swift run -c release wasm-actors residency
        """

    static func run(_ line: [String], console: Console) async throws(CommandError) {
        let options = ["--actors", "--resident", "--messages", "--memory", "--seed", "--storage", "--fixtures"]
        let arguments = try Arguments(line, options: options)
        guard arguments.positional.isEmpty else {
            throw .usage("residency takes options only", hint: "See: wasm-actors residency --help")
        }
        let file = StateFile(given: arguments.value(of: "--storage"))
        // It goes when all is over, and not with its last use.
        defer { withExtendedLifetime(file) {} }
        let actors = try arguments.number(of: "--actors", in: 1...10_000_000) ?? 1_000_000
        let run = ResidencyRun(
            actors: actors,
            resident: try arguments.number(of: "--resident", in: 1...1_000_000) ?? 5000,
            messages: try arguments.number(of: "--messages", in: 0...1_000_000_000) ?? actors,
            memory: (try arguments.number(of: "--memory", in: 1...1_000_000) ?? 2048) << 20,
            seed: UInt64(try arguments.number(of: "--seed", in: 0...Int.max) ?? 1),
            storage: try file.open(),
            component: try Fixtures(given: arguments.value(of: "--fixtures")).component("tally"),
            console: console
        )
        let figures: ResidencyFigures
        do {
            figures = try await run.figures()
        } catch let error as CommandError {
            throw error
        } catch {
            throw .failure("\(error)")
        }
        console.print(figures.line)
        if let failure = figures.failure { throw .failure(failure) }
    }
}

/// The file that the states are saved in; one that nobody named goes with the value.
private final class StateFile {
    private let path: String
    private let folder: URL?

    init(given path: String?) {
        guard let path else {
            let folder = FileManager.default.temporaryDirectory.appending(path: "wasm-actors-\(UUID().uuidString)")
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            (self.path, self.folder) = (folder.appending(path: "states.sqlite").path, folder)
            return
        }
        (self.path, folder) = (path, nil)
    }

    deinit { if let folder { try? FileManager.default.removeItem(at: folder) } }

    func open() throws(CommandError) -> SQLiteStorage {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw .failure("\(path) is there already; name a new file, or remove it")
        }
        var configuration = SQLiteStorage.Configuration()
        configuration.durability = .handedToSystem
        do throws(SQLiteStorageError) {
            return try SQLiteStorage(path: path, configuration: configuration)
        } catch {
            throw .failure("\(error)")
        }
    }
}
