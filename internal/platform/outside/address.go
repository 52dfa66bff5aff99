package outside

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Check says whether an address is one that could be asked, as far as it can be
// told without looking its name up: nil, ErrAddress or ErrUnreachable.
func (c *Client) Check(address string) error {
	_, err := c.check(address)
	return err
}

// Listed says that the operator named the host of an address, or the network it
// is in: a place that may be asked without encryption too.
func (c *Client) Listed(address string) bool {
	u, err := c.check(address)
	if err != nil {
		return false
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		return c.allow.address(ip.Unmap(), portOf(u))
	}
	return c.allow.name(u.Hostname(), portOf(u))
}

// check refuses what is no plain web address. Who the name belongs to is judged
// when it is dialled.
func (c *core) check(address string) (*url.URL, error) {
	if len(address) > longestURL {
		return nil, ErrAddress
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Opaque != "" || u.User != nil {
		return nil, ErrAddress
	}
	port := portOf(u)
	ip, notIP := netip.ParseAddr(u.Hostname())
	if notIP != nil && !plainName(u.Hostname()) {
		return nil, ErrAddress
	}
	listed := c.allow.name(u.Hostname(), port)
	if notIP == nil {
		listed = c.allow.address(ip.Unmap(), port)
	}
	switch {
	case port == 0, port != 80 && port != 443 && !listed:
		return nil, ErrAddress
	case notIP == nil && !listed && !public(ip):
		return nil, ErrUnreachable
	}
	return u, nil
}

func portOf(u *url.URL) uint16 {
	p := u.Port()
	if p == "" {
		p = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	n, err := strconv.ParseUint(p, 10, 16)
	if err != nil {
		return 0
	}
	return uint16(n)
}

// plainName refuses host names that some resolvers read as numbers ("0x7f.1",
// "2130706433", "127.1"): no name on the internet ends in a label of digits.
func plainName(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "" || len(host) > 253 || strings.ContainsAny(host, "\\/@#?%&<>\"'`{}|^[]:;,()$!*+=~ \t\r\n\x00") {
		return false
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" || strings.HasPrefix(last, "0x") || strings.HasPrefix(last, "0o") {
		return false
	}
	return strings.Trim(last, "0123456789") != ""
}

// connect dials an address that it has checked itself. Through a proxy it dials
// that alone: the proxy looks the name up, and has to keep its own network shut.
func (c *core) connect(ctx context.Context, network, address string) (net.Conn, error) {
	if c.proxy != nil {
		return c.dial(ctx, network, address)
	}
	host, p, err := net.SplitHostPort(address)
	if err != nil {
		return nil, ErrUnreachable
	}
	n, err := strconv.ParseUint(p, 10, 16)
	if err != nil {
		return nil, ErrUnreachable
	}
	list, err := c.resolve(ctx, host, uint16(n))
	if err != nil {
		return nil, err
	}
	// A machine without IPv6 finds out at once; the next address may do.
	for _, ip := range list {
		var conn net.Conn
		if conn, err = c.dial(ctx, network, netip.AddrPortFrom(ip, uint16(n)).String()); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

// resolve gives the addresses of a host, all of them allowed. One bad answer among
// good ones is a trick, too.
func (c *core) resolve(ctx context.Context, host string, port uint16) ([]netip.Addr, error) {
	var list []netip.Addr
	if ip, err := netip.ParseAddr(host); err == nil {
		list = []netip.Addr{ip}
	} else if list, err = c.lookup(ctx, host); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, ErrUnreachable
	}
	if len(list) == 0 {
		return nil, ErrUnreachable
	}
	for i, ip := range list {
		ip = ip.Unmap()
		named := c.allow.name(host, port) && (public(ip) || private(ip))
		if !named && !c.allow.address(ip, port) && (!public(ip) || (port != 80 && port != 443)) {
			return nil, ErrUnreachable
		}
		list[i] = ip
	}
	return list[:min(len(list), mostAddresses)], nil
}

// notPublic are the ranges that netip has no word for: reserved, documentation,
// benchmarks, shared space, and the tunnels 6to4 and Teredo.
var notPublic = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

// allocated is all of IPv6 that is public; NAT64, mapped and compatible forms lie outside it.
var allocated = netip.MustParsePrefix("2000::/3")

// public says whether an address is on the public internet.
func public(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsValid() || !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "" || (ip.Is6() && !allocated.Contains(ip)) || isatap(ip) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// isatap says whether an IPv6 address carries an IPv4 address by RFC 5214.
func isatap(ip netip.Addr) bool {
	if !ip.Is6() {
		return false
	}
	b := ip.As16()
	return (b[8] == 0 || b[8] == 2) && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
}

// shared is the space between carriers and their customers (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

// private says whether a name that the operator listed may lead to an address:
// this machine and private networks, yes; link-local (where clouds keep their
// secrets), multicast and the like only by a listed network.
func private(ip netip.Addr) bool {
	return ip.Zone() == "" && (ip.IsPrivate() || ip.IsLoopback() || shared.Contains(ip))
}

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, 0, len(list))
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}
