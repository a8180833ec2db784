import { Body, Container, Text } from "@react-email/components";
const BookingConfirmed = ({ attendee, organizer, start, location }: BookingProps) => (
  <Body>
    <Container>
      <Text>Hi {attendee.name}, your booking with {organizer.name} on {start} is confirmed.</Text>
      <Text>Where: {location}</Text>
    </Container>
  </Body>
);
export default BookingConfirmed;
