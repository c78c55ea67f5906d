// run FUNCTION COMPONENT: instantiates the component through the probe that the function of this program returns.
import CorpusProbe
import Foundation
import WasmComponentModel

guard CommandLine.arguments.count == 3, let bytes = FileManager.default.contents(atPath: CommandLine.arguments[2]),
    let symbol = dlsym(dlopen(nil, RTLD_NOW), CommandLine.arguments[1])
else {
    print("usage: run FUNCTION COMPONENT")
    exit(2)
}
typealias MakeProbe = @convention(c) () -> UnsafeMutableRawPointer
let probe = Unmanaged<CorpusProbe>.fromOpaque(unsafeBitCast(symbol, to: MakeProbe.self)()).takeRetainedValue()
do {
    try await probe.run([UInt8](bytes), features: FeatureSet(rawValue: .max))
} catch {
    print(error)
    exit(1)
}
