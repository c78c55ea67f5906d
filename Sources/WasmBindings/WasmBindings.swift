// Everything in this module is generated from `wit/` by WITBindingsPlugin, as `wit-swift.json` beside this file says:
// see `WITBindings.swift` among the plugin's outputs. SwiftPM wants one file of a target to lie in its folder.
