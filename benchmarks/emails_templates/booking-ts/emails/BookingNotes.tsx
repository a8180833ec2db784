import { Body, Container, Text } from "@react-email/components";
export default function BookingNotes({ attendee, notes, start }: Props) {
  return (
    <Body>
      <Container>
        <Text>{attendee.name} booked {start}.</Text>
        {notes && <Text>Additional notes: {notes}</Text>}
      </Container>
    </Body>
  );
}
