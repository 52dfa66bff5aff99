package app

import "context"

// BackupRows writes a backup row by row, as it is written of PostgreSQL, of either engine.
func BackupRows(ctx context.Context, o Options, file string, progress Progress) error {
	return backup(ctx, o, file, false, progress)
}
