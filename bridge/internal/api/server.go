// Package api serves the plugin API to the Python side and forwards every call to the server.
package api

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/mattermost/mattermost/server/public/plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"mmhooks.dev/bridge/internal/convert"
	"mmhooks.dev/bridge/internal/frames"
	"mmhooks.dev/bridge/internal/pb"
)

const maxMessage = 64 << 20

// Server forwards calls to a plugin.API. The methods are generated.
type Server struct {
	pb.UnimplementedPluginAPIServer
	Target string // where the Python side finds it
	Token  string // what the Python side has to show

	// Frames is the unix socket where unary calls are answered in frames.
	Frames string

	grpc    *grpc.Server
	framed  *frames.Server
	mu      sync.RWMutex
	api     plugin.API
	version version
}

// Serve listens on a unix socket in a directory that nobody else may enter.
func Serve(dir string) (*Server, error) {
	path := filepath.Join(dir, "api.sock")
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	s := &Server{Target: "unix:" + path, Token: rand.Text(), Frames: path + ".frames"}
	s.grpc = grpc.NewServer(
		grpc.MaxRecvMsgSize(maxMessage),
		grpc.MaxSendMsgSize(maxMessage),
		grpc.UnaryInterceptor(s.unary),
		grpc.StreamInterceptor(s.stream),
	)
	pb.RegisterPluginAPIServer(s.grpc, s)
	if s.framed, err = frames.Serve(s.Frames, s.Token, &pb.PluginAPI_ServiceDesc, s, unbroken); err != nil {
		return nil, err
	}
	go func() { _ = s.grpc.Serve(listener) }()
	return s, nil
}

// SetAPI is called before the plugin is activated; until then calls are answered with UNAVAILABLE.
func (s *Server) SetAPI(api plugin.API) {
	var v version
	if api != nil {
		v = parseVersion(api.GetServerVersion())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.api, s.version = api, v
}

// Stop ends all calls.
func (s *Server) Stop() {
	s.framed.Stop()
	s.grpc.Stop()
}

// enter is where every call begins: is there a server, and is it new enough?
func (s *Server) enter(method, needed string) (plugin.API, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.api == nil {
		return nil, status.Errorf(codes.Unavailable, "%s: the plugin is not active yet", method)
	}
	if s.version.olderThan(parseVersion(needed)) {
		return nil, &tooOldError{method, needed, s.version}
	}
	return s.api, nil
}

func (s *Server) authorize(ctx context.Context) error {
	md, _ := metadata.FromIncomingContext(ctx)
	given := ""
	if values := md.Get("authorization"); len(values) == 1 {
		given = values[0]
	}
	if subtle.ConstantTimeCompare([]byte(given), []byte("Bearer "+s.Token)) != 1 {
		return status.Error(codes.Unauthenticated, "the token is missing or wrong")
	}
	return nil
}

func (s *Server) unary(
	ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler,
) (resp any, err error) {
	if err := s.authorize(ctx); err != nil {
		return nil, err
	}
	return unbroken(ctx, req, info, next)
}

func unbroken(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (resp any, err error) {
	defer recovered(info.FullMethod, &err)
	return next(ctx, req)
}

func (s *Server) stream(
	srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler,
) (err error) {
	if err := s.authorize(stream.Context()); err != nil {
		return err
	}
	defer recovered(info.FullMethod, &err)
	return next(srv, stream)
}

// recovered keeps one bad call from ending the plugin.
func recovered(method string, err *error) {
	if r := recover(); r != nil {
		*err = status.Errorf(codes.Internal, "%s: %v\n%s", method, r, debug.Stack())
	}
}

func readable(f *convert.Failure) error {
	if err := f.Err(); err != nil {
		return status.Errorf(codes.InvalidArgument, "%v", err)
	}
	return nil
}

func sendable(f *convert.Failure) error {
	if err := f.Err(); err != nil {
		return status.Errorf(codes.Internal, "the server's answer: %v", err)
	}
	return nil
}

// LoadPluginConfiguration answers with the document instead of filling a struct.
func (s *Server) LoadPluginConfiguration(
	context.Context, *pb.LoadPluginConfigurationRequest,
) (*pb.LoadPluginConfigurationResponse, error) {
	api, err := s.enter("LoadPluginConfiguration", "5.2")
	if err != nil {
		return nil, err
	}
	var document any
	if err := api.LoadPluginConfiguration(&document); err != nil {
		return &pb.LoadPluginConfigurationResponse{Error: convert.ErrorToPB(err)}, nil
	}
	data, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("the server's configuration: %w", err)
	}
	return &pb.LoadPluginConfigurationResponse{Configuration: data}, nil
}

// present keeps nil from methods that read through a pointer without asking: that would end the whole server.
func present[T any](value *T) *T {
	if value == nil {
		return new(T)
	}
	return value
}
