// Package migrations holds the schema: one sequence of SQL files for both
// engines, each named by its feature. What has shipped stays as it is.
package migrations

import "embed"

// Files are the migrations, in goose's form.
//
//go:embed *.sql
var Files embed.FS
