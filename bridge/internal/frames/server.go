package frames

import (
	"context"
	"crypto/subtle"
	"errors"
	"net"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

const pause = 100 * time.Millisecond

// Server answers the unary calls of one gRPC service.
type Server struct {
	listener  net.Listener
	methods   map[string]grpc.MethodDesc
	service   any
	token     string
	intercept grpc.UnaryServerInterceptor

	mu    sync.Mutex
	links map[*link]bool
	ended bool
}

// Serve listens on a unix socket. Every connection has to show the token first.
func Serve(
	path, token string, desc *grpc.ServiceDesc, service any, intercept grpc.UnaryServerInterceptor,
) (*Server, error) {
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	s := &Server{
		listener: listener, service: service, token: token, intercept: intercept,
		methods: make(map[string]grpc.MethodDesc, len(desc.Methods)),
		links:   map[*link]bool{},
	}
	for _, method := range desc.Methods {
		s.methods["/"+desc.ServiceName+"/"+method.MethodName] = method
	}
	go s.accept()
	return s, nil
}

// Stop closes all connections.
func (s *Server) Stop() {
	_ = s.listener.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	for l := range s.links {
		_ = l.Close()
	}
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // too many open files, for one
			time.Sleep(pause)
			continue
		}
		go s.serve(newLink(conn))
	}
}

func (s *Server) serve(l *link) {
	if !s.add(l) {
		return
	}
	defer s.remove(l)
	if !s.greet(l) {
		return
	}
	for {
		request, err := l.receive()
		if err != nil {
			return
		}
		response, err := s.answer(request)
		if err == nil {
			err = l.send([]byte{byte(codes.OK)}, response)
		}
		if said, ok := status.FromError(err); ok && err != nil {
			err = l.refuse(said)
		}
		if err != nil {
			return
		}
	}
}

func (s *Server) add(l *link) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		_ = l.Close()
		return false
	}
	s.links[l] = true
	return true
}

func (s *Server) remove(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.links, l)
	_ = l.Close()
}

func (s *Server) greet(l *link) bool {
	request, err := l.receive()
	if err != nil {
		return false
	}
	name, given, ok := split(request)
	if !ok || len(name) > 0 || subtle.ConstantTimeCompare(given, []byte(s.token)) != 1 {
		_ = l.refuse(status.New(codes.Unauthenticated, "the token is missing or wrong"))
		return false
	}
	return l.sendFrame([]byte{0, 0, 0, 0, byte(codes.OK)}) == nil
}

func (l *link) refuse(said *status.Status) error {
	return l.sendFrame(append([]byte{0, 0, 0, 0, byte(said.Code())}, said.Message()...))
}

// answer calls the method as gRPC's own server does.
func (s *Server) answer(request []byte) (proto.Message, error) {
	name, data, ok := split(request)
	if !ok {
		return nil, status.Error(codes.InvalidArgument, "the frame has no name")
	}
	method, ok := s.methods[string(name)]
	if !ok {
		return nil, status.Errorf(codes.Unimplemented, "there is no method %s", name)
	}
	read := func(message any) error {
		if err := proto.Unmarshal(data, message.(proto.Message)); err != nil {
			return status.Errorf(codes.InvalidArgument, "the request cannot be read: %v", err)
		}
		return nil
	}
	response, err := method.Handler(s.service, context.Background(), read, s.intercept)
	if err != nil {
		return nil, status.Convert(err).Err()
	}
	return response.(proto.Message), nil
}

func split(request []byte) (name, message []byte, ok bool) {
	end := 1 + int(request[0])
	if end > len(request) {
		return nil, nil, false
	}
	return request[1:end], request[end:], true
}
