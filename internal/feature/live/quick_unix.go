//go:build unix

package live

import (
	"net"
	"syscall"
)

// writeNow writes as much as the connection takes without waiting. A connection
// that cannot tell takes nothing.
func writeNow(c net.Conn, b []byte) (n int, err error) {
	raw, err := rawOf(c)
	if raw == nil || err != nil {
		return 0, err
	}
	var failed error
	err = raw.Write(func(fd uintptr) bool {
		for {
			n, failed = syscall.Write(int(fd), b)
			if failed != syscall.EINTR {
				return true // also when it would have to wait
			}
		}
	})
	if failed == syscall.EAGAIN {
		return 0, err
	}
	if err == nil {
		err = failed
	}
	return max(n, 0), err
}

// hungUp says whether the other side has closed, without taking what it sent.
func hungUp(c net.Conn) (over bool) {
	raw, err := rawOf(c)
	if raw == nil || err != nil {
		return err != nil
	}
	err = raw.Read(func(fd uintptr) bool {
		var one [1]byte
		n, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		over = (err == nil && n == 0) || (err != nil && err != syscall.EAGAIN && err != syscall.EINTR)
		return true
	})
	return over || err != nil
}

func rawOf(c net.Conn) (syscall.RawConn, error) {
	s, ok := c.(syscall.Conn)
	if !ok {
		return nil, nil
	}
	return s.SyscallConn()
}
