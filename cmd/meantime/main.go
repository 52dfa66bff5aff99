// Command meantime is the whole product in one program: the server, its tools,
// and the API as commands.
package main

import (
	"fmt"
	"runtime/debug"
)

func main() {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
	}
	fmt.Println("meantime", version)
}
