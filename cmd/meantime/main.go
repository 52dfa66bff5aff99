// Command meantime is the whole product in one program: the server, its tools,
// and the API as commands.
package main

import (
	"os"
	"runtime/debug"

	"example.org/meantime/internal/cli"
)

// number is set when a release is built.
var number string

func main() { os.Exit(cli.Main(cli.Server(version()))) }

func version() string {
	if number != "" {
		return number
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}
