package push

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// DeviceOut is a device in the API, as its owner alone sees it.
type DeviceOut struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Fingerprint string     `json:"fingerprint" doc:"SHA-256 of its endpoint in hex, by which a browser finds itself."`
	Here        bool       `json:"here" doc:"It was added in the session that asks."`
	CreatedAt   time.Time  `json:"created_at"`
	ReachedAt   *time.Time `json:"reached_at" nullable:"true" doc:"When its push service last took something; null before that."`
	Problem     string     `json:"problem" doc:"Why the last try failed; empty when it did not."`
}

// KeyOut is the key to which browsers bind their subscriptions.
type KeyOut struct {
	Key string `json:"key" doc:"The server's public key, base64url."`
}

// Routes registers the operations.
func (s *Service) Routes(a *web.API) {
	web.Handle(a, web.Op{Method: "GET", Path: "/push/key", ID: "getPushKey", Summary: "The key to which a browser binds its push subscription", Tag: "push"}, s.getKey)
	web.Handle(a, web.Op{Method: "GET", Path: "/me/devices", ID: "listDevices", Summary: "List one's own devices that are told of digests", Tag: "push"}, s.getDevices)
	web.Handle(a, web.Op{Method: "POST", Path: "/me/devices", ID: "addDevice", Summary: "Let a device be told of digests, for as long as one is signed in on it", Tag: "push"}, s.postDevice)
	web.Handle(a, web.Op{Method: "PATCH", Path: "/me/devices/{device}", ID: "renameDevice", Summary: "Name a device of one's own", Tag: "push"}, s.patchDevice)
	web.Handle(a, web.Op{Method: "DELETE", Path: "/me/devices/{device}", ID: "removeDevice", Summary: "Tell a device of one's own no more", Tag: "push", Status: 204}, s.deleteDevice)
	web.Handle(a, web.Op{Method: "POST", Path: "/me/devices/{device}/tests", ID: "testDevice", Summary: "Send a note to a device of one's own at once", Tag: "push", Status: 204}, s.postTest)
}

func (s *Service) getKey(ctx context.Context, _ *struct{}) (*web.Out[KeyOut], error) {
	key, err := s.PublicKey(ctx)
	return &web.Out[KeyOut]{Body: KeyOut{key}}, err
}

func (s *Service) getDevices(ctx context.Context, _ *struct{}) (*web.Out[web.Page[DeviceOut]], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Devices(ctx, who)
	page := web.Page[DeviceOut]{Items: []DeviceOut{}}
	for _, d := range list {
		page.Items = append(page.Items, deviceOut(who, d))
	}
	return &web.Out[web.Page[DeviceOut]]{Body: page}, err
}

type addDeviceIn struct {
	Body struct {
		Name     string `json:"name" maxLength:"200" doc:"What its owner calls it."`
		Endpoint string `json:"endpoint" maxLength:"1000" doc:"The address of its push service, as the browser gives it."`
		P256dh   string `json:"p256dh" maxLength:"200" doc:"The browser's public key, base64url."`
		Auth     string `json:"auth" maxLength:"100" doc:"The browser's secret, base64url."`
		Replaces string `json:"replaces,omitempty" maxLength:"1000" doc:"The endpoint that this one takes the place of."`
	}
}

func (s *Service) postDevice(ctx context.Context, in *addDeviceIn) (*web.Out[DeviceOut], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	d, err := s.Add(ctx, who, NewDevice(in.Body))
	return &web.Out[DeviceOut]{Body: deviceOut(who, d)}, err
}

type deviceIn struct {
	Device string `path:"device" maxLength:"64"`
}

type renameIn struct {
	Device string `path:"device" maxLength:"64"`
	Body   struct {
		Name string `json:"name" maxLength:"200"`
	}
}

func (s *Service) patchDevice(ctx context.Context, in *renameIn) (*web.Out[DeviceOut], error) {
	who, device, err := named(ctx, in.Device)
	if err != nil {
		return nil, err
	}
	d, err := s.Rename(ctx, who, device, in.Body.Name)
	return &web.Out[DeviceOut]{Body: deviceOut(who, d)}, err
}

func (s *Service) deleteDevice(ctx context.Context, in *deviceIn) (*web.None, error) {
	who, device, err := named(ctx, in.Device)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.Remove(ctx, who, device)
}

func (s *Service) postTest(ctx context.Context, in *deviceIn) (*web.None, error) {
	who, device, err := named(ctx, in.Device)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.Try(ctx, who, device)
}

func named(ctx context.Context, device string) (actor.Actor, id.ID, error) {
	who, err := actor.From(ctx)
	if err != nil {
		return who, id.ID{}, err
	}
	x, err := id.Decode("dev", device)
	return who, x, err
}

func deviceOut(who actor.Actor, d Device) DeviceOut {
	return DeviceOut{
		ID: id.Encode("dev", d.ID), Name: d.Name, Fingerprint: d.EndpointHash, Here: d.SessionID == who.Session,
		CreatedAt: d.CreatedAt.Time(), ReachedAt: d.ReachedAt.Pointer(), Problem: d.Problem,
	}
}
