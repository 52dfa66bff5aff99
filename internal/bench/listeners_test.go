package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
)

// listeners opens a live connection for each token in a process of its own, since
// one process may not hold both ends of so many. The function it returns tells how
// many events they got so far.
func listeners(b testing.TB, address string, tokens []string) (told func() int64) {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(self) //nolint:gosec // this program itself
	cmd.Env = append(os.Environ(), listenersAt+"="+address)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	lines := bufio.NewReader(out)
	ask := func(text string) (n int64) {
		if _, err := io.WriteString(in, text); err != nil {
			b.Fatal(err)
		}
		if _, err := fmt.Fscanln(lines, &n); err != nil {
			b.Fatal(err)
		}
		return n
	}
	if n := ask(strings.Join(tokens, "\n") + "\n\n"); n != int64(len(tokens)) {
		b.Fatalf("%d live connections, want %d", n, len(tokens))
	}
	return func() int64 { return ask("?\n") }
}

// listenersAt is the address at which this program, run again, listens.
const listenersAt = "BENCH_LISTENERS_AT"

// listenAt reads tokens up to an empty line, opens a live connection for each, says
// how many there are, and then at every line how many events they got.
func listenAt(address string) {
	var told atomic.Int64
	in := bufio.NewScanner(os.Stdin)
	n := 0
	for in.Scan() && in.Text() != "" {
		if err := listen(address, in.Text(), &told); err != nil {
			fmt.Fprintln(os.Stderr, "live connection:", err)
			break
		}
		n++
	}
	fmt.Println(n)
	for in.Scan() {
		fmt.Println(told.Load())
	}
}

func listen(address, token string, told *atomic.Int64) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(conn, "GET /api/v1/stream HTTP/1.1\r\nHost: meantime.test\r\nAuthorization: Bearer %s\r\n\r\n", token); err != nil {
		return err
	}
	r := bufio.NewReaderSize(conn, 1024)
	resp, err := http.ReadResponse(r, nil)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	go func() {
		lines := bufio.NewReaderSize(resp.Body, 512)
		for {
			line, err := lines.ReadSlice('\n')
			if err != nil && err != bufio.ErrBufferFull {
				return
			}
			if bytes.HasPrefix(line, []byte("event: change")) {
				told.Add(1)
			}
		}
	}()
	return nil
}
