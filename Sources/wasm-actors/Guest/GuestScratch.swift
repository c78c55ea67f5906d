import Foundation

/// The folder that a build works in: what is kept for the next one, and a place for what is not. One build at a time.
///
/// | kept | |
/// |---|---|
/// | `bindings` | the generated bindings, to be read |
/// | `inputs` | everything that the last component was made of |
/// | `NAME.wasm` | the last component |
struct GuestScratch: ~Copyable {
    /// The folder.
    let path: String
    /// The place for what is not kept.
    let work: String
    private let lock: FileHandle

    /// Takes the folder, and waits for another build to leave it.
    ///
    /// - Parameters:
    ///   - path: The folder; made where it is missing.
    ///   - console: Where it is said that another build is waited for.
    /// - Throws: A failure where it cannot be written to.
    init(path: String, console: Console) throws(CommandError) {
        self.path = path
        work = GuestFolder.join(path, "work")
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .failure("\(path): cannot be made: \(error.localizedDescription)", hint: Self.advice)
        }
        let file = GuestFolder.join(path, "lock")
        guard
            FileManager.default.fileExists(atPath: file) || FileManager.default.createFile(atPath: file, contents: nil),
            let lock = FileHandle(forUpdatingAtPath: file)
        else { throw .failure("\(file): cannot be written", hint: Self.advice) }
        self.lock = lock
        // The system lets go of the lock when the process ends, however it ends.
        if flock(lock.fileDescriptor, LOCK_EX | LOCK_NB) != 0 {
            console.printError("waiting for another build in \(path)")
            flock(lock.fileDescriptor, LOCK_EX)
        }
        // What a build that was interrupted left.
        try? FileManager.default.removeItem(atPath: work)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: work)
        try? lock.close()
    }

    private static let advice = "--scratch DIR names a folder that can be written to."

    /// The component of the last build.
    ///
    /// - Parameters:
    ///   - name: The component's name.
    ///   - inputs: What it would be made of.
    /// - Returns: Its bytes; none where it was made of something else.
    func component(_ name: String, madeOf inputs: Data) -> Data? {
        guard FileManager.default.contents(atPath: file("inputs")) == inputs else { return nil }
        return FileManager.default.contents(atPath: file("\(name).wasm"))
    }

    /// Keeps a component for the next build.
    ///
    /// - Parameters:
    ///   - bytes: The component.
    ///   - name: Its name.
    ///   - inputs: What it was made of.
    /// - Throws: A failure where it cannot be written.
    func keep(_ bytes: Data, _ name: String, madeOf inputs: Data) throws(CommandError) {
        // In this order: `inputs` never speaks of a component that is not there.
        try? FileManager.default.removeItem(atPath: file("inputs"))
        try Self.write(bytes, to: file("\(name).wasm"))
        try Self.write(inputs, to: file("inputs"))
    }

    /// Replaces the files of a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - files: Its new files, by their paths in it.
    /// - Throws: A failure where one cannot be written.
    func fill(_ folder: String, _ files: [(name: String, bytes: Data)]) throws(CommandError) {
        try? FileManager.default.removeItem(atPath: folder)
        for (name, bytes) in files { try Self.write(bytes, to: GuestFolder.join(folder, name)) }
    }

    /// The path of a file that is kept.
    func file(_ name: String) -> String { GuestFolder.join(path, name) }

    /// Writes a file as a whole or not at all, and makes the folders that it lies in.
    ///
    /// - Parameters:
    ///   - bytes: What it holds.
    ///   - path: The file.
    /// - Throws: A failure where it cannot be written.
    static func write(_ bytes: Data, to path: String) throws(CommandError) {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try bytes.write(to: url, options: .atomic)
        } catch {
            throw .failure("\(path): cannot be written: \(error.localizedDescription)")
        }
    }
}
