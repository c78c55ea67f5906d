// FUNCTION FILE...: runs the check that a function of this program makes, with files.
import CorpusChecks
import Foundation

let arguments = CommandLine.arguments
guard arguments.count > 2, let symbol = dlsym(dlopen(nil, RTLD_NOW), arguments[1]) else {
    print("usage: \(arguments[0]) FUNCTION FILE...")
    exit(2)
}
typealias MakeCheck = @convention(c) () -> UnsafeMutableRawPointer
let check = Unmanaged<CorpusCheck>.fromOpaque(unsafeBitCast(symbol, to: MakeCheck.self)()).takeRetainedValue()
do {
    print(try await check.run(Array(arguments.dropFirst(2))), terminator: "")
} catch {
    print("error: \(error)")
    exit(1)
}
