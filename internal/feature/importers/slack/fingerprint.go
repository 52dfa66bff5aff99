package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
)

// takeFingerprint sums up names, sizes and, for JSON, checksums. A folder's files are read
// for it; a zip file has the sums in its table of contents, and reading compares them.
func (a *Archive) takeFingerprint() error {
	h := sha256.New()
	for _, e := range a.src.entries {
		var sum uint32
		if strings.HasSuffix(e.name, ".json") {
			var err error
			if sum, err = a.src.checksum(e); err != nil {
				return err
			}
		}
		fmt.Fprintf(h, "%q %d %08x\n", e.name, e.size, sum)
	}
	a.fingerprint = hex.EncodeToString(h.Sum(nil))
	return nil
}

func (s *source) checksum(e entry) (uint32, error) {
	if e.packed != nil {
		return e.packed.CRC32, nil
	}
	r, err := s.open(e)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	sum := crc32.NewIEEE()
	_, err = io.Copy(sum, r)
	return sum.Sum32(), err
}
