package testkit

import "os"

// Full says that a test should do all of what it can, however long that takes
// (MEANTIME_FULL=1; make bars); otherwise it does a part of it.
func Full() bool { return os.Getenv("MEANTIME_FULL") == "1" }
