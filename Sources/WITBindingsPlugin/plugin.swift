import Foundation
import PackagePlugin

/// Makes Swift of WIT for every target that has a `wit-swift.json`, at each build in which something changed.
@main
struct WITBindingsPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let folder = target.directoryURL
        let configuration = folder.appending(path: "wit-swift.json")
        guard FileManager.default.fileExists(atPath: configuration.path) else {
            throw PluginMistake.noConfiguration(target: target.name, path: configuration.path)
        }
        let wit = try WITLocation.find(configuration: configuration, target: target.name)
        let providers = try wit.providers.sorted().map { module in
            guard let found = target.recursiveTargetDependencies.first(where: { $0.name == module }) else {
                throw PluginMistake.noProvider(target: target.name, module: module)
            }
            return (module: module, file: found.directoryURL.appending(path: "wit-swift.json"))
        }
        let output = context.pluginWorkDirectoryURL
        return [
            .buildCommand(
                displayName: "Generating Swift of \(wit.url.path)",
                executable: try context.tool(named: "wit-swift").url,
                arguments: ["generate", "--config", configuration.path, "--output", output.path]
                    + providers.flatMap { ["--types", "\($0.module)=\($0.file.path)"] },
                inputFiles: [configuration] + wit.files + providers.map(\.file),
                outputFiles: [output.appending(path: "WITBindings.swift")]
            )
        ]
    }
}
