export const CheckIn = ({ name, score }: Props) => (
  <Html>
    <Text>Hi {name}, your depression score this week is {score}.</Text>
  </Html>
);
