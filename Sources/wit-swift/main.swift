import Foundation

do {
    try Command.run(Array(CommandLine.arguments.dropFirst()))
} catch {
    FileHandle.standardError.write(Data((error.text + "\n").utf8))
    exit(error.status)
}
