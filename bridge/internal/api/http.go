package api

import (
	"io"
	"net/http"
	"net/url"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"mmhooks.dev/bridge/internal/chunk"
	"mmhooks.dev/bridge/internal/pb"
)

// PluginHTTP sends a request to another plugin; both bodies are streams.
func (s *Server) PluginHTTP(stream grpc.BidiStreamingServer[pb.PluginHTTPRequest, pb.PluginHTTPResponse]) error {
	api, err := s.enter("PluginHTTP", "5.18")
	if err != nil {
		return err
	}
	first, err := stream.Recv()
	if err != nil {
		return err
	}
	request, err := newRequest(first.GetRequest())
	if err != nil {
		return status.Errorf(codes.InvalidArgument, "PluginHTTP: %v", err)
	}
	request.Body = io.NopCloser(newReader(first.Body, stream.Recv, (*pb.PluginHTTPRequest).GetBody))
	response := api.PluginHTTP(request.WithContext(stream.Context()))
	if response == nil {
		return status.Error(codes.Unavailable, "PluginHTTP: the other plugin did not answer")
	}
	head := &pb.PluginHTTPResponse{Response: &pb.HTTPResponse{
		StatusCode: int32(response.StatusCode),
		Headers:    chunk.HeaderToPB(response.Header),
	}}
	if err := stream.Send(head); err != nil || response.Body == nil {
		return err
	}
	defer response.Body.Close()
	return chunk.Copy(response.Body, func(part []byte) error {
		return stream.Send(&pb.PluginHTTPResponse{Body: part})
	})
}

func newRequest(head *pb.HTTPRequest) (*http.Request, error) {
	target, err := url.Parse(head.GetUrl())
	if err != nil {
		return nil, err
	}
	return &http.Request{
		Method:     head.GetMethod(),
		URL:        target,
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     chunk.HeaderFromPB(head.GetHeaders()),
		Host:       head.GetHost(),
		RemoteAddr: head.GetRemoteAddr(),
		RequestURI: head.GetRequestUri(),
	}, nil
}
