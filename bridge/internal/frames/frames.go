// Package frames makes and answers unary calls over unix sockets for a fraction of what gRPC costs. Messages, names and
// statuses are gRPC's; the form of a frame is described in mmhooks/api/frames.py.
package frames

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

const (
	maxMessage = 64 << 20
	maxName    = 255
	lengthSize = 4
	// keepBuffer is the largest buffer that is kept for the next call.
	keepBuffer = 1 << 20
)

// link is one end of a connection. It carries one call at a time.
type link struct {
	net.Conn
	in  *bufio.Reader
	buf []byte
}

func newLink(conn net.Conn) *link {
	return &link{Conn: conn, in: bufio.NewReader(conn)}
}

// send writes a frame: its length, what begins it, and a message.
func (l *link) send(begin []byte, message proto.Message) error {
	frame := append(append(l.buf[:0], 0, 0, 0, 0), begin...)
	frame, err := proto.MarshalOptions{}.MarshalAppend(frame, message)
	if err != nil {
		return status.Errorf(codes.Internal, "the message cannot be written: %v", err)
	}
	if size := len(frame) - lengthSize - len(begin); size > maxMessage {
		return status.Errorf(codes.ResourceExhausted, "the message has %d bytes; at most %d are allowed", size, maxMessage)
	}
	return l.sendFrame(frame)
}

func (l *link) sendFrame(frame []byte) error {
	binary.BigEndian.PutUint32(frame, uint32(len(frame)-lengthSize))
	l.keep(frame)
	_, err := l.Write(frame)
	return err
}

// receive reads a frame without its length. It is valid until the link is next used.
func (l *link) receive() ([]byte, error) {
	var length [lengthSize]byte
	if _, err := io.ReadFull(l.in, length[:]); err != nil {
		return nil, err
	}
	size := int(binary.BigEndian.Uint32(length[:]))
	if size == 0 || size > maxMessage+maxName+1 {
		return nil, fmt.Errorf("a frame of %d bytes", size)
	}
	frame := l.buf[:0]
	if cap(frame) < size {
		frame = make([]byte, size)
	}
	frame = frame[:size]
	l.keep(frame)
	_, err := io.ReadFull(l.in, frame)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return frame, err
}

func (l *link) keep(buf []byte) {
	l.buf = nil
	if cap(buf) <= keepBuffer {
		l.buf = buf
	}
}
