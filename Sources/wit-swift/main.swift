import Foundation

do {
    try Command.run(Array(CommandLine.arguments.dropFirst())) { print($0) }
} catch {
    FileHandle.standardError.write(Data((error.text + "\n").utf8))
    exit(error.status)
}
