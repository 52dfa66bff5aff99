// Package web holds the built screens. Before the first build the folder dist has
// only .gitkeep in it, and Screens says so.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Screens gives the built screens as a file system with index.html at its root.
// The second result is false when they were not built yet.
func Screens() (fs.FS, bool) {
	f, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, false
	}
	_, err = fs.Stat(f, "index.html")
	return f, err == nil
}
