package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/gosaml2"
	"github.com/mattermost/logr/v2"
	"github.com/mattermost/mattermost/server/public/model"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"mmhooks.dev/bridge/internal/fill"
	"mmhooks.dev/bridge/internal/pb"
)

// opaque types travel as one document, of which a test's has little.
var opaque = []reflect.Type{
	reflect.TypeFor[model.Config](), reflect.TypeFor[model.License](), reflect.TypeFor[model.Manifest](),
	reflect.TypeFor[saml2.AssertionInfo](), reflect.TypeFor[logr.Level](),
}

func start(t *testing.T, api *recorder) (*Server, *grpc.ClientConn) {
	t.Helper()
	s, err := Serve(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	if api != nil {
		s.SetAPI(api)
	}
	conn, err := grpc.NewClient(s.Target, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return s, conn
}

func authorized(t *testing.T, token string) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
}

// invoke sends one message and collects the answers; bytes of the later ones are put into the first.
func invoke(
	ctx context.Context, conn *grpc.ClientConn, method protoreflect.MethodDescriptor, request proto.Message,
) (proto.Message, error) {
	path := fmt.Sprintf("/%s/%s", method.Parent().FullName(), method.Name())
	stream, err := conn.NewStream(ctx, &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}, path)
	if err != nil {
		return nil, err
	}
	if err := stream.SendMsg(request); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	_ = stream.CloseSend()
	whole := newMessage(method.Output())
	for {
		part := newMessage(method.Output())
		if err := stream.RecvMsg(part); errors.Is(err, io.EOF) {
			return whole, nil
		} else if err != nil {
			return nil, err
		}
		proto.Merge(whole, part)
	}
}

func newMessage(d protoreflect.MessageDescriptor) proto.Message {
	kind, err := protoregistry.GlobalTypes.FindMessageByName(d.FullName())
	if err != nil {
		panic(err)
	}
	return kind.New().Interface()
}

func methods() protoreflect.MethodDescriptors {
	return pb.File_mmhooks_v1_plugin_api_proto.Services().ByName("PluginAPI").Methods()
}

// inDocuments are the values that stand in documents of opaque types.
var inDocuments = map[string][]string{"SaveConfig": {"in1"}, "LogAuditRecWithLevel": {"in15"}}

var byHand = []string{"PluginHTTP", "LoadPluginConfiguration"}

// TestEveryMethodIsForwardedWhole fills each request, and wants each of its values among the arguments; then the same
// for results on their way back, and for the error.
func TestEveryMethodIsForwardedWhole(t *testing.T) {
	for i := range methods().Len() {
		method := methods().Get(i)
		name := string(method.Name())
		if slices.Contains(byHand, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			var arguments, results []string
			api := &recorder{answer: func(called string, given []any, out ...any) {
				if called != name {
					return
				}
				for _, argument := range given {
					if reader, ok := argument.(io.Reader); ok {
						data, _ := io.ReadAll(reader)
						argument = data
					}
					arguments = append(arguments, fill.Leaves(reflect.ValueOf(&argument).Elem(), opaque)...)
				}
				for seed, result := range out {
					if v := reflect.ValueOf(result).Elem(); !isError(v) {
						fill.Value(v, seed+1)
						results = append(results, fill.Leaves(v, opaque)...)
					}
				}
			}}
			s, conn := start(t, api)
			arguments, results = nil, nil // SetAPI has asked for the version
			request := newMessage(method.Input())
			fill.Message(request.ProtoReflect(), document)
			answer, err := invoke(authorized(t, s.Token), conn, method, request)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, "arguments", fill.MessageLeaves(request.ProtoReflect()), append(arguments, inDocuments[name]...))
			compare(t, "results", results, fill.MessageLeaves(answer.ProtoReflect()))
		})
	}
}

// document is a list where Go wants one, else an object.
func document(field string, n int) string {
	if field == "broadcast_hook_args" || field == "key_value_pairs" {
		return fmt.Sprintf(`[{"hint":"in%d"}]`, n)
	}
	return fmt.Sprintf(`{"hint":"in%d"}`, n)
}

func isError(v reflect.Value) bool {
	return v.Type() == reflect.TypeFor[error]() || v.Type() == reflect.TypeFor[*model.AppError]()
}

// compare wants everything that was sent.
func compare(t *testing.T, what string, sent, got []string) {
	t.Helper()
	rest := slices.Clone(got)
	var lost []string
	for _, leaf := range sent {
		if i := slices.Index(rest, leaf); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else {
			lost = append(lost, leaf)
		}
	}
	if len(lost) > 0 {
		t.Errorf("%s: lost %.300v; over %.300v", what, lost, rest)
	}
}

func TestEveryRefusalComesBack(t *testing.T) {
	refusal := &model.AppError{Id: "i", Message: "m", DetailedError: "d", RequestId: "r", Where: "w", StatusCode: 403}
	api := &recorder{answer: func(_ string, _ []any, out ...any) {
		for _, result := range out {
			if v := reflect.ValueOf(result).Elem(); isError(v) {
				v.Set(reflect.ValueOf(refusal))
			}
		}
	}}
	s, conn := start(t, api)
	for i := range methods().Len() {
		method := methods().Get(i)
		field := method.Output().Fields().ByName("error")
		if field == nil {
			continue
		}
		answer, err := invoke(authorized(t, s.Token), conn, method, newMessage(method.Input()))
		if err != nil {
			t.Errorf("%s: %v", method.Name(), err)
			continue
		}
		got := answer.ProtoReflect().Get(field).Message().Interface().(*pb.AppError)
		if !proto.Equal(got, &pb.AppError{
			Id: "i", Message: "m", DetailedError: "d", RequestId: "r", Where: "w", StatusCode: 403,
		}) {
			t.Errorf("%s: %v", method.Name(), got)
		}
	}
}

func TestWhoMayCall(t *testing.T) {
	s, conn := start(t, &recorder{answer: func(string, []any, ...any) {}})
	client := pb.NewPluginAPIClient(conn)
	for _, c := range []struct {
		token string
		want  codes.Code
	}{{s.Token, codes.OK}, {"", codes.Unauthenticated}, {s.Token + "x", codes.Unauthenticated}} {
		_, err := client.GetServerVersion(authorized(t, c.token), &pb.GetServerVersionRequest{})
		if status.Code(err) != c.want {
			t.Errorf("%q: %v", c.token, err)
		}
		stream, err := client.GetFile(authorized(t, c.token), &pb.GetFileRequest{})
		if err == nil {
			_, err = stream.Recv()
		}
		if status.Code(err) != c.want {
			t.Errorf("%q: %v", c.token, err)
		}
	}
}

func TestBeforeActivationNothingIsAnswered(t *testing.T) {
	s, conn := start(t, nil)
	_, err := pb.NewPluginAPIClient(conn).GetServerVersion(authorized(t, s.Token), &pb.GetServerVersionRequest{})
	if status.Code(err) != codes.Unavailable {
		t.Error(err)
	}
}

func TestAServerThatIsTooOldSaysSo(t *testing.T) {
	api := &recorder{answer: func(method string, _ []any, out ...any) {
		if method == "GetServerVersion" {
			*out[0].(*string) = "5.1.9"
		}
	}}
	s, conn := start(t, api)
	client := pb.NewPluginAPIClient(conn)
	answer, err := client.GetUser(authorized(t, s.Token), &pb.GetUserRequest{UserId: "u"})
	if err != nil || answer.Error.GetStatusCode() != 501 ||
		answer.Error.GetMessage() != "GetUser needs Mattermost 5.2; this server is 5.1.9" {
		t.Error(answer, err)
	}
	if _, err = client.GetLicense(authorized(t, s.Token), &pb.GetLicenseRequest{}); status.Code(err) != codes.Unimplemented {
		t.Error(err)
	}
}

func TestAPanicEndsOneCall(t *testing.T) {
	api := &recorder{answer: func(method string, _ []any, _ ...any) {
		if method == "GetUser" {
			panic("oh")
		}
	}}
	s, conn := start(t, api)
	_, err := pb.NewPluginAPIClient(conn).GetUser(authorized(t, s.Token), &pb.GetUserRequest{})
	if status.Code(err) != codes.Internal || !strings.Contains(err.Error(), "oh") {
		t.Error(err)
	}
}

func TestVersions(t *testing.T) {
	for _, c := range []struct {
		is, needed string
		old        bool
	}{
		{"11.1.0", "11.1", false}, {"11.1.0", "11.2", true}, {"9.9.0", "10.0", true}, {"10.0.0", "9.11.4", false},
		{"5.2.0", "5.2.1", true}, {"10", "10.0", false}, {"", "10.0", false}, {"dev", "10.0", false},
	} {
		if got := parseVersion(c.is).olderThan(parseVersion(c.needed)); got != c.old {
			t.Errorf("%s < %s: %v", c.is, c.needed, got)
		}
	}
}
