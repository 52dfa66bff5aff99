// Package bench measures the whole house through its front door, each piece of
// work beside a floor in the same run: a small handler or table of our own that
// does only what cannot be left out. Its figures are ratios first, since machines
// differ and are seldom quiet. The benchmarks run with "make bench"; the tests
// here hold what does not depend on the machine: how many statements an answer
// takes, and that lists do not ask once a row. It has no code to call.
package bench
