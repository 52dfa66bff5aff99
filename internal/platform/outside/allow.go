package outside

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Allow lists private places that may be asked all the same. The zero value
// allows none.
type Allow struct {
	entries []entry
}

// entry is a network or a host name, with a port of its own or the usual two.
type entry struct {
	network netip.Prefix // invalid: host is meant
	host    string
	port    uint16 // 0: 80 and 443
	any     bool   // every port
	text    string
}

// ParseAllow reads an operator's list, with commas between its parts: a network
// (10.1.0.0/16), an address (10.1.2.3, [fd00::5]) or a host name, each with a port
// (:8443, or :* for every port) where 80 and 443 are not meant. "" allows nothing.
func ParseAllow(list string) (Allow, error) {
	var a Allow
	for part := range strings.SplitSeq(list, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		e, err := parseEntry(part)
		if err != nil {
			return Allow{}, err
		}
		a.entries = append(a.entries, e)
	}
	return a, nil
}

// MustAllow is ParseAllow for lists that stand in the code; it panics when one is wrong.
func MustAllow(list string) Allow {
	a, err := ParseAllow(list)
	if err != nil {
		panic(err)
	}
	return a
}

func parseEntry(text string) (e entry, err error) {
	e.text = text
	host, port, err := net.SplitHostPort(text)
	if err != nil { // no port
		host, port = strings.Trim(text, "[]"), ""
	}
	switch n, err := strconv.ParseUint(port, 10, 16); {
	case port == "":
	case port == "*":
		e.any = true
	case err != nil || n == 0:
		return e, wrongEntry(text)
	default:
		e.port = uint16(n)
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Zone() == "" {
		e.network = netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen())
		return e, nil
	}
	if network, err := netip.ParsePrefix(host); err == nil {
		e.network = network.Masked()
		return e, nil
	}
	e.host = strings.TrimSuffix(strings.ToLower(host), ".")
	if !plainName(e.host) {
		return e, wrongEntry(text)
	}
	return e, nil
}

// ParseProxy reads the address of an operator's proxy. The error does not repeat
// it: it may hold a password.
func ParseProxy(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return nil, errors.New("outside: a proxy is an address like http://proxy.example:3128")
	}
	return u, nil
}

func wrongEntry(text string) error {
	return fmt.Errorf("outside: %q is neither a network (10.1.0.0/16), an address (10.1.2.3:8080) nor a host (intranet.example:8443)", text)
}

// String is the list as it was given.
func (a Allow) String() string {
	texts := make([]string, len(a.entries))
	for i, e := range a.entries {
		texts[i] = e.text
	}
	return strings.Join(texts, ", ")
}

// Empty says that nothing private is allowed.
func (a Allow) Empty() bool { return len(a.entries) == 0 }

// address says whether an address (unmapped) and port are in a listed network.
func (a Allow) address(ip netip.Addr, port uint16) bool {
	for _, e := range a.entries {
		if e.network.IsValid() && e.network.Contains(ip) && e.opens(port) {
			return true
		}
	}
	return false
}

// name says whether a host name and port are listed.
func (a Allow) name(host string, port uint16) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	for _, e := range a.entries {
		if e.host != "" && e.host == host && e.opens(port) {
			return true
		}
	}
	return false
}

func (e entry) opens(port uint16) bool {
	return e.any || port == e.port || (e.port == 0 && (port == 80 || port == 443))
}
