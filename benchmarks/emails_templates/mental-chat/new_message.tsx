export const NewMessage = ({ name, therapistName, preview }: Props) => (
  <Html>
    <Text>Hi {name}, {therapistName} sent you a message:</Text>
    <Text>{preview}</Text>
  </Html>
);
