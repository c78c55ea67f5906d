/// The version of this component, and of the states that it saves.
let tallyVersion = 1
