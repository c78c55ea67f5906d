import WITModel

/// Thrown while a configuration is read.
struct ConfigurationMistake: Error {
    let diagnostic: Diagnostic
}
