export const Verify = ({ code }: Props) => (
  <Html>
    <Text>Your verification code is {code}</Text>
  </Html>
);
